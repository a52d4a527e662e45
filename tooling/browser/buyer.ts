import type { Page } from 'playwright-core'

/** What a buyer does in the provider's window. */
export type Paying = 'approved' | 'declined' | 'deposit'

/** Fills the fields of a form by their names. */
export async function fill(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(fields)) await page.locator(`main [name="${name}"]`).first().fill(value)
}

/** Presses the button of the form that goes to an address with this ending, and waits for the page it leads to. */
export async function send(page: Page, action: string): Promise<void> {
  const form = page.locator(`main form[action*="${action}"]`).first()
  await Promise.all([page.waitForLoadState('load'), form.locator('button:not([name])').last().click()])
}

/** Finds a product by its words, puts one piece into the cart and goes to the cart. */
export async function putIntoCart(page: Page, url: string, locale: string, words: string): Promise<void> {
  await page.goto(`${url}/${locale}/search?inStock=true&q=${encodeURIComponent(words)}`)
  await page.locator('main a[href*="/product/"]').first().click()
  await page.waitForURL(/\/product\//)
  await send(page, '/cart/lines')
  await page.goto(`${url}/${locale}/cart`)
}

const addresses = {
  ko: { name: '김하늘', phone: '010-0000-0000', postcode: '04524', line1: '세종대로 110' },
  en: { name: 'Ada Park', phone: '+1 555 000 0000', postcode: '94103', line1: '1 Market Street' },
} as const

/** From the cart to the provider's window: who and where, how it is sent, how it is paid. */
export async function checkOut(page: Page, locale: 'ko' | 'en', email: string, method: string): Promise<void> {
  await page.locator('main a[href$="/checkout"]').first().click()
  await page.waitForURL(/\/checkout/)
  await fill(page, { email, ...addresses[locale] })
  await send(page, '/checkout/delivery')
  await send(page, '/checkout/shipping')
  await page.locator(`main input[name="method"][value="${method}"]`).check()
  await page.locator('main input[name="agree"]').check()
  await send(page, '/checkout/pay')
  await page.waitForURL(/\/pay\//)
}

/** Presses one of the practice cards in the provider's window. */
export async function payByCard(page: Page, card: string): Promise<void> {
  await page.locator(`button[value="${card}"]`).click()
  await page.waitForURL(/\/order\//)
}

/** Asks for an account number, sends the money to it, and comes back to the order. */
export async function payByDeposit(page: Page): Promise<void> {
  await page
    .locator('[name="bank"]')
    .first()
    .evaluate((field) => (field as HTMLInputElement).type)
  const bank = page.locator('select[name="bank"]')
  if ((await bank.count()) > 0) await bank.selectOption({ index: 1 })
  else await page.locator('input[name="bank"]').first().check()
  await page.locator('form[action$="/account"] button').last().click()
  await page.locator('form[action$="/deposit"] button').last().click()
  await page.locator('a[href*="/checkout/return"]').first().click()
  await page.waitForURL(/\/order\//)
}
