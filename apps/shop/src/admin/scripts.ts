import { createHash } from 'node:crypto'

/**
 * Shows what a form means while it is written: sends it to its own page as the button "preview" would, and takes over the parts
 * that are marked as live. A page whose marked part asks for it is read again after so many milliseconds.
 */
const live = `
const form = document.querySelector('form[data-live]')
let turn = 0, timer
async function swap(address, init) {
  const own = ++turn
  const page = await fetch(address, init).then((answer) => answer.text(), () => '')
  if (own !== turn || !page) return
  const shown = new DOMParser().parseFromString(page, 'text/html')
  for (const part of document.querySelectorAll('[data-part]')) {
    const next = shown.getElementById(part.id)
    if (!next || next.innerHTML === part.innerHTML) continue
    const open = part.querySelector('details[open]')
    part.replaceChildren(...next.childNodes)
    if (open) part.querySelector('details')?.setAttribute('open', '')
    if (next.dataset.again) part.dataset.again = next.dataset.again
    else delete part.dataset.again
  }
  again()
}
function again() {
  const part = document.querySelector('[data-again]')
  if (part) setTimeout(() => swap(location.href), part.dataset.again)
}
form?.addEventListener('input', () => {
  clearTimeout(timer)
  timer = setTimeout(() => {
    const body = new URLSearchParams(new FormData(form))
    body.set('preview', 'yes')
    swap(form.action, { method: 'POST', body })
  }, 350)
})
again()
`

/** Moves through the cells of a table by keyboard, restores one by Escape, marks what has changed and counts it. */
const grid = `
const table = document.querySelector('table[data-grid]')
const rows = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll('input')])
const count = document.querySelector('[data-count]')
const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }
function mark(cell) {
  const changed = cell.value.trim() !== cell.dataset.was
  cell.closest('td').classList.toggle('changed', changed)
  const all = rows.flat().filter((one) => one.value.trim() !== one.dataset.was).length
  count.textContent = all > 0 ? ' (' + all + ')' : ''
}
function move(cell, key, [down, right]) {
  const whole = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length
  if (right < 0 && !whole && cell.selectionStart > 0) return false
  if (right > 0 && !whole && cell.selectionEnd < cell.value.length) return false
  const row = rows.findIndex((cells) => cells.includes(cell))
  const next = rows[row + down]?.[rows[row].indexOf(cell) + right]
  next?.focus()
  next?.select()
  return next !== undefined || key === 'Enter'
}
table.addEventListener('keydown', (event) => {
  const cell = event.target
  if (cell.tagName !== 'INPUT' || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
  if (event.key === 'Escape') {
    cell.value = cell.dataset.was
    cell.select()
    mark(cell)
  }
  const step = event.key === 'Enter' && event.shiftKey ? [-1, 0] : steps[event.key]
  if (step && move(cell, event.key, step)) event.preventDefault()
})
table.addEventListener('input', (event) => mark(event.target))
table.addEventListener('focusin', (event) => event.target.select?.())
rows.flat().forEach(mark)
`

/** The small scripts of the back office; every page works without them. */
export const scripts = { live, grid } as const
export type ScriptName = keyof typeof scripts

/** Where a script lies; its address changes with what it says. */
export const scriptPath = (name: ScriptName): string =>
  `/admin/${name}.js?v=${createHash('sha256').update(scripts[name]).digest('base64url').slice(0, 10)}`
