import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome.exe']
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** A headless Chromium, or null where there is none: then it says so, and under CI it throws. */
export async function launchBrowser(): Promise<Browser | null> {
  const found = await program()
  if (found) return chromium.launch({ ...found, headless: true, chromiumSandbox: false })
  const missing = 'No Chromium: set CHROMIUM_PATH, or install Chromium or Chrome. Browser tests are skipped.'
  if (process.env.CI) throw new Error(missing)
  console.warn(`\n  !! ${missing}\n`)
  return null
}

async function program(): Promise<{ executablePath: string; args: string[] } | undefined> {
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)))
  const installed = process.env.CHROMIUM_PATH ?? [...onPath, ...places].find((file) => existsSync(file))
  if (installed) return { executablePath: installed, args: [] }
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const { default: packed } = await import('@sparticuz/chromium')
  return { executablePath: await packed.executablePath(), args: ['--no-sandbox', '--headless=shell'] }
}
