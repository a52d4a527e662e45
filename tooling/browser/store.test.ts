import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { messages } from '@sangdo/shop'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../chromium.ts'
import { checkOut, fill, payByCard, payByDeposit, type Paying, putIntoCart, send } from './buyer.ts'
import { startStore, type Store } from './store.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const browser: Browser | null = await launchBrowser()
let store: Store

beforeAll(async () => void (store = await startStore()), 60_000)
afterAll(async () => {
  await store?.stop()
  await browser?.close()
})

interface Setting {
  readonly locale: 'ko' | 'en'
  readonly width: 360 | 1280
  readonly scripts: boolean
  readonly dark?: boolean
}

/** A new window of somebody's browser; what goes wrong in it is collected. */
async function open({
  locale,
  width,
  scripts,
  dark = false,
}: Setting): Promise<{ page: Page; faults: string[]; close: () => Promise<void> }> {
  const context = await browser?.newContext({
    locale,
    viewport: { width, height: 900 },
    javaScriptEnabled: scripts,
    colorScheme: dark ? 'dark' : 'light',
    bypassCSP: true,
  })
  if (!context) throw new Error('There is no browser')
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  const faults: string[] = []
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
  page.on('response', (response) => response.status() >= 500 && faults.push(`${response.status()} ${response.url()}`))
  page.on(
    'request',
    (request) => new URL(request.url()).hostname !== 'localhost' && faults.push(`asks elsewhere: ${request.url()}`),
  )
  return { page, faults, close: () => context.close() }
}

/** What axe finds wrong with the page as it is now, and whether it scrolls sideways. */
async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const found = await page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as {
      axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
    }
    const wide = document.documentElement.scrollWidth > window.innerWidth ? ['scrolls sideways'] : []
    return [...wide, ...(await checker.run()).violations.map((one) => `${one.id}: ${one.nodes[0]?.html}`)]
  })
  return found.map((one) => `${new URL(page.url()).pathname} ${one}`)
}

let visitors = 0
const newEmail = () => `buyer-${++visitors}@example.com`

async function signUp(page: Page, locale: string, email: string): Promise<void> {
  await page.goto(`${store.url}/${locale}/sign-up`)
  await fill(page, { name: locale === 'ko' ? '남궁하늘' : 'Ada Park', email, password: 'a long password' })
  await send(page, '/sign-up')
}

/** Buys one piece and pays for it; answers with the address of the order. */
async function buy(page: Page, { locale }: Setting, email: string, paying: Paying): Promise<string> {
  await putIntoCart(page, store.url, locale, locale === 'ko' ? '굽 높은 머그' : 'high-foot mug')
  await checkOut(page, locale, email, paying === 'deposit' ? 'virtual_account' : 'card')
  if (paying === 'deposit') await payByDeposit(page)
  if (paying === 'approved') await payByCard(page, '4242424242424242')
  if (paying === 'declined') {
    await payByCard(page, '4000000000000002')
    await send(page, '/pay')
    await page.waitForURL(/\/pay\//)
    await payByCard(page, '4242424242424242')
  }
  return page.url()
}

/** A deposit is heard of by webhook; the page is opened again until the news is there. */
async function untilItSays(page: Page, url: string, words: string): Promise<void> {
  for (let tries = 0; tries < 40; tries++) {
    await page.goto(url)
    if ((await page.locator('main').innerText()).includes(words)) return
    await page.waitForTimeout(250)
  }
  throw new Error(`The order never said "${words}"`)
}

/** What the operator does in the back office: sends the order with this number, then writes down that it has arrived. */
async function shipAndDeliver(number: string): Promise<string[]> {
  const { page, faults, close } = await open({ locale: 'en', width: 1280, scripts: true })
  await page.goto(`${store.url}/admin/sign-in`)
  await fill(page, store.operator)
  await send(page, '/admin/sign-in')
  await page.goto(`${store.url}/admin/orders?text=${number}`)
  await page.locator('main a[href*="/admin/orders/ord_"]').first().click()
  await page.waitForURL(/ord_/)
  const found = await barriers(page)
  await page.locator('main select[name="carrier"]').selectOption('cj')
  await page.locator('main [name="trackingNumber"]').fill('123456789012')
  await send(page, '/ship')
  const carrierSays = page.locator('main details:has(select[name="status"])').first()
  if ((await carrierSays.count()) > 0 && !(await carrierSays.evaluate((one) => (one as HTMLDetailsElement).open)))
    await carrierSays.locator('summary').click()
  await page.locator('main select[name="status"]').first().selectOption('delivered')
  await send(page, '/events')
  await close()
  return [...found, ...faults]
}

const settings = (['ko', 'en'] as const).flatMap((locale) =>
  ([360, 1280] as const).flatMap((width) => [true, false].map((scripts) => ({ locale, width, scripts }))),
)
const payments: readonly Paying[] = ['approved', 'declined', 'deposit']
const stories = settings.flatMap((setting, index) => [
  { ...setting, buyer: 'guest' as const, paying: payments[index % 3] ?? 'approved' },
  { ...setting, buyer: 'member' as const, paying: payments[(index + 1) % 3] ?? 'approved' },
])

describe.skipIf(!browser)('the store in a browser', () => {
  test.each(stories)(
    'sells to a $buyer, $locale, $width px, scripts $scripts, card or account: $paying',
    async ({ buyer, paying, ...setting }) => {
      const text = messages[setting.locale]
      const { page, faults, close } = await open(setting)
      const email = newEmail()
      if (buyer === 'member') await signUp(page, setting.locale, email)
      const order = await buy(page, setting, email, paying)
      await untilItSays(page, order, text.order.statuses.paid)
      const number = new URL(order).pathname.split('/').pop() ?? ''
      if (setting.scripts) faults.push(...(await shipAndDeliver(number)))
      if (setting.scripts) await untilItSays(page, order, text.order.statuses.delivered)
      if (setting.scripts && buyer === 'member') {
        await page.locator('main a[href*="/review/"]').first().click()
        await page.waitForURL(/\/review\//)
        await page
          .locator('main label:has(input[name="stars"][value="5"]), main input[name="stars"][value="5"] + label')
          .first()
          .click()
        await fill(page, {
          text: setting.locale === 'ko' ? '손잡이가 세 손가락에 꼭 맞습니다.' : 'Three fingers fit the handle exactly.',
        })
        await send(page, '/review')
        expect(await page.locator('main [role="status"]').count()).toBeGreaterThan(0)
      }
      await close()
      expect(faults).toEqual([])
    },
    90_000,
  )

  test.each([
    { locale: 'ko', dark: false, width: 360 },
    { locale: 'ko', dark: true, width: 1280 },
    { locale: 'en', dark: true, width: 360 },
    { locale: 'en', dark: false, width: 1280 },
  ] as const)(
    'has no barrier for anybody: $locale, $width px, dark $dark',
    async ({ locale, dark, width }) => {
      const { page, faults, close } = await open({ locale, width, scripts: true, dark })
      const found: string[] = []
      const look = async (path: string) => {
        await page.goto(`${store.url}${path}`)
        found.push(...(await barriers(page)))
      }
      for (const path of ['', '/search', '/search?q=nothing-at-all', '/cart', '/sign-in', '/sign-up', '/order-lookup'])
        await look(`/${locale}${path}`)
      await page.goto(`${store.url}/${locale}`)
      for (const link of ['/category/', '/product/', '/page/'])
        await look((await page.locator(`a[href*="${link}"]`).first().getAttribute('href')) ?? '')
      await putIntoCart(page, store.url, locale, locale === 'ko' ? '수건' : 'towel')
      found.push(...(await barriers(page)))
      await page.locator('main a[href$="/checkout"]').first().click()
      await page.waitForURL(/\/checkout/)
      found.push(...(await barriers(page)))
      await close()
      expect([...found, ...faults]).toEqual([])
    },
    90_000,
  )

  test('has no barrier in the back office', async () => {
    const found: string[] = []
    for (const dark of [false, true]) {
      const { page, faults, close } = await open({ locale: 'ko', width: dark ? 360 : 1280, scripts: true, dark })
      await page.goto(`${store.url}/admin/sign-in`)
      found.push(...(await barriers(page)))
      await fill(page, store.operator)
      await send(page, '/admin/sign-in')
      const pricing = ['/prices', '/promotions', '/promotions/new', '/promotions/new?kind=spend_tiers']
      const money = ['/money', '/money/bank', '/money/pay-outs', '/money/settlements']
      for (const path of ['', '/orders', '/risk', '/products', '/import', '/reviews', ...money, ...pricing]) {
        await page.goto(`${store.url}/admin${path}`)
        found.push(...(await barriers(page)))
      }
      await close()
      found.push(...faults)
    }
    expect(found).toEqual([])
  }, 90_000)
})
