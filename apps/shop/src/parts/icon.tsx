const paths = {
  menu: 'M3 6.5h18M3 12h18M3 17.5h18',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.3 15.3 21 21',
  person: 'M12 4.2a3.8 3.8 0 1 0 0 7.6 3.8 3.8 0 0 0 0-7.6zM4.5 20.5c.6-4 3.6-6 7.5-6s6.900 2 7.500 6',
  cart: 'M5.500 8h13l1 12.500h-15zM8.500 10.500V7.200a3.500 3.500 0 0 1 7 0v3.300',
  close: 'M5 5l14 14M19 5 5 19',
  check: 'M4.500 12.500l5 5 10-11',
  next: 'M9 5l7 7-7 7',
} as const

/** A line drawing of the shop's own; the words beside it, or the name of its button, say what it is. */
export const Icon = ({ name, class: size = 'size-6' }: { name: keyof typeof paths; class?: string }) => (
  <svg
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="1.5"
    stroke-linecap="round"
    stroke-linejoin="round"
    class={`shrink-0 ${size}`}
    aria-hidden="true"
  >
    <path d={paths[name]} />
  </svg>
)
