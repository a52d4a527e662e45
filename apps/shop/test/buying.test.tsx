import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { attribute, type Browser, openStore, origin, type Store, tags, textOf } from './browser.ts'

let store: Store
beforeAll(async () => {
  store = await openStore()
}, 60_000)
afterAll(() => store.close())

const mug = '/ko/product/굽-높은-머그'
const korean = {
  email: 'sky@example.com',
  name: '김하늘',
  phone: '010-1234-5678',
  postcode: '02801',
  line1: '살강길 12',
}
const american = {
  email: 'hannah@example.com',
  name: 'Hannah Lee',
  phone: '+1 212 555 0100',
  country: 'US',
  line1: '350 Fifth Avenue',
  city: 'New York',
  region: 'NY',
  postcode: '10118',
}
const approved = '4242424242424242'
const declined = '4000000000000002'

const say = (browser: Browser) => textOf(browser.page().html)

/** A browser with mugs in its cart. */
async function withMugs(pieces = 1, address = mug) {
  const browser = store.browser()
  await browser.open(address)
  await browser.send('/cart/lines', { quantity: String(pieces) })
  return browser
}

/** A browser that has come as far as the last step of checkout. */
async function atPayment(pieces = 1) {
  const browser = await withMugs(pieces)
  await browser.open('/ko/checkout')
  await browser.send('/checkout/delivery', korean)
  await browser.send('/checkout/shipping', { method: methodIn(browser) })
  return browser
}

/** The first way to ship that the page offers. */
const methodIn = ({ page }: Browser) =>
  attribute(tags(page().html, 'input').find((tag) => tag.includes('name="method"')) ?? '', 'value') ?? ''

describe('without JavaScript', () => {
  test('a guest buys in Korean by links and forms alone, and pays by card', async () => {
    const browser = await withMugs(2)
    expect(say(browser)).toContain('장바구니에 담았습니다.')
    expect(say(browser)).toContain('장바구니, 2개 담김')
    await browser.open('/ko/cart')
    expect(say(browser)).toContain('₩56,000')
    await browser.open('/ko/checkout')
    await browser.send('/checkout/delivery', korean)
    expect(browser.page().url).toBe('/ko/checkout?step=shipping')
    await browser.send('/checkout/shipping', { method: methodIn(browser) })
    expect(say(browser)).toContain('₩56,000 결제하기')
    await browser.send('/checkout/pay', { method: 'card', agree: 'yes' })
    await browser.send('/card', { practice: approved })
    expect(browser.page().url).toMatch(/^\/ko\/order\/[\w-]+\?token=/)
    expect(say(browser)).toContain('주문해 주셔서 고맙습니다')
    expect(say(browser)).toContain('VISA'.toLowerCase())
    expect(say(browser)).toContain('장바구니, 비어 있음')
  })

  test('a guest in America pays in dollars for a parcel by air', async () => {
    const browser = await withMugs(1, '/en/product/high-foot-mug')
    await browser.open('/en/checkout')
    await browser.send('/checkout/delivery', american)
    await browser.send('/checkout/shipping', { method: methodIn(browser) })
    expect(say(browser)).toContain('Pay $42.00')
    await browser.send('/checkout/pay', { method: 'card', agree: 'yes' })
    await browser.send('/card', { practice: approved })
    expect(say(browser)).toContain('Thank you for your order')
  })

  test('a deposit is waited for, with the account to send it to', async () => {
    const browser = await atPayment()
    await browser.send('/checkout/pay', { method: 'virtual_account', agree: 'yes' })
    const bank =
      attribute(tags(browser.page().html, 'input').find((tag) => tag.includes('name="bank"')) ?? '', 'value') ?? ''
    await browser.send('/account', { bank })
    const back = tags(browser.page().html, 'a')
      .map((tag) => attribute(tag, 'href') ?? '')
      .find((href) => href.startsWith(origin))
    if (back) await browser.open(back)
    expect(say(browser)).toContain('아래 계좌로 입금해 주세요')
    expect(say(browser)).toContain('₩31,000')
  })

  test('a refused card is followed by another try, for the same order', async () => {
    const browser = await atPayment()
    await browser.send('/checkout/pay', { method: 'card', agree: 'yes' })
    await browser.send('/card', { practice: declined })
    if (!browser.page().url.startsWith('/ko/order'))
      await browser.open(
        tags(browser.page().html, 'a')
          .map((tag) => attribute(tag, 'href') ?? '')
          .find((href) => href.startsWith(origin)) ?? '',
      )
    expect(say(browser)).toContain('결제가 끝나지 않았습니다')
    const { url } = browser.page()
    await browser.send('/pay', { method: 'card' })
    await browser.send('/card', { practice: approved })
    expect(browser.page().url.split('?')[0]).toBe(url.split('?')[0])
    expect(say(browser)).toContain('주문해 주셔서 고맙습니다')
  })

  test('an order is found again by its two numbers, and called off', async () => {
    const browser = await atPayment()
    await browser.send('/checkout/pay', { method: 'card', agree: 'yes' })
    await browser.send('/card', { practice: approved })
    const [, number = '', token = ''] = /order\/([\w-]+)\?token=(.+)$/.exec(browser.page().url) ?? []
    const elsewhere = store.browser()
    await elsewhere.open('/en/order-lookup')
    await elsewhere.send('/order-lookup', { number, token: 'not it' })
    expect([elsewhere.page().status, say(elsewhere).includes('We could not find this order')]).toEqual([404, true])
    await elsewhere.send('/order-lookup', { number, token })
    await elsewhere.send('/cancel', { reason: 'I changed my mind' })
    expect(say(elsewhere)).toContain('This order was cancelled')
    await store.api.shop.deliver(store.api.db)
    await store.api.shop.payments.sweep(store.api.db)
    expect((await elsewhere.open(elsewhere.page().url)).status).toBe(200)
  })
})

describe('the cart', () => {
  test('is changed, emptied, and counted in the header', async () => {
    const browser = await withMugs(2)
    await browser.open('/ko/cart')
    await browser.send('/cart/quantity', { quantity: '5' })
    expect(say(browser)).toContain('₩140,000')
    expect((await browser.open('/ko')).html).toContain('장바구니, 5개 담김')
    await browser.open('/ko/cart')
    await browser.send('/cart/quantity', { remove: '1' })
    expect(say(browser)).toContain('아직 담은 것이 없습니다')
    expect(say(browser)).toContain('장바구니, 비어 있음')
  })

  test('changed in two windows, says so instead of losing either change', async () => {
    const browser = await withMugs(1)
    await browser.open('/ko/cart')
    const stale =
      attribute(tags(browser.page().html, 'input').find((tag) => tag.includes('name="version"')) ?? '', 'value') ?? ''
    await browser.send('/cart/quantity', { quantity: '2' })
    await browser.send('/cart/quantity', { quantity: '7', version: stale })
    expect([
      browser.page().status,
      say(browser).includes('다른 창에서 장바구니가 바뀌었습니다'),
      say(browser).includes('₩56,000'),
    ]).toEqual([409, true, true])
  })

  test('asks for more than there is: it says how many can be had, and does not go to checkout', async () => {
    const browser = await withMugs(1)
    await browser.open('/ko/cart')
    await browser.send('/cart/quantity', { quantity: '900' })
    expect(say(browser)).toMatch(/지금은 \d+개까지 살 수 있습니다/)
    expect(browser.page().html).not.toContain('href="/ko/checkout"')
  })

  test('says why a coupon does not count', async () => {
    const browser = await withMugs(1)
    await browser.open('/ko/cart')
    await browser.send('/cart/coupon', { code: 'NOPE' })
    expect(say(browser)).toContain('없는 쿠폰 번호입니다.')
    await browser.send('/cart/coupon', { code: 'SPOON5000' })
    expect(say(browser)).toContain('쿠폰을 쓰기에는 금액이 모자랍니다.')
    await browser.send('/cart/quantity', { quantity: '2' })
    expect(say(browser)).toContain('−₩5,000')
  })

  test('comes along into the currency of the other language when its owner wants it to', async () => {
    const browser = await withMugs(3)
    await browser.open('/en/cart')
    expect(say(browser)).toContain('another currency')
    await browser.send('/cart/currency')
    expect(say(browser)).toContain('$72.00')
  })

  test('returns to pages of this shop only', async () => {
    for (const back of ['https://evil.example/ko/x', '//evil.example', '/ko/\\evil.example', '/en@evil.example']) {
      const browser = store.browser()
      await browser.open(mug)
      await browser.send('/cart/lines', { back })
      expect(browser.page().url).toBe('/ko/cart')
    }
  })

  test('is not changed by a form of another site', async () => {
    const { open } = store.browser()
    const { status } = await open('/ko/cart/lines', {
      method: 'POST',
      body: new URLSearchParams({ sku: 'SG-CUP-0101' }),
      headers: { origin: 'https://evil.example' },
    })
    expect(status).toBe(403)
  })
})

describe('checkout', () => {
  test('is not for empty carts', async () => {
    expect((await store.browser().open('/ko/checkout')).url).toBe('/ko/cart')
  })

  test('says what is wrong with which field, keeps what was entered, and is read out', async () => {
    const browser = await withMugs(1)
    await browser.open('/ko/checkout')
    await browser.send('/checkout/delivery', { ...korean, phone: '12', postcode: 'x' })
    const { status, html } = browser.page()
    expect(status).toBe(422)
    expect(tags(html, 'div').some((tag) => tag.includes('role="alert"'))).toBe(true)
    expect(html).toContain('href="#phone"')
    const phone = tags(html, 'input').find((tag) => tag.includes('id="phone"')) ?? ''
    expect([attribute(phone, 'aria-invalid'), attribute(phone, 'aria-describedby'), attribute(phone, 'value')]).toEqual(
      ['true', 'phone-error', '12'],
    )
    expect(say(browser)).toContain('우편번호를 확인해 주세요. 한국은 다섯 자리 숫자입니다.')
    expect(attribute(tags(html, 'input').find((tag) => tag.includes('id="line1"')) ?? '', 'value')).toBe('살강길 12')
  })

  test('does not skip a step that is open', async () => {
    const browser = await withMugs(1)
    expect((await browser.open('/ko/checkout?step=payment')).html).toContain('action="/ko/checkout/delivery"')
    await browser.send('/checkout/delivery', korean)
    expect((await browser.open('/ko/checkout?step=payment')).html).toContain('action="/ko/checkout/shipping"')
    expect((await browser.open('/ko/checkout?step=delivery')).html).toContain('value="살강길 12"')
  })

  test('shows the total before the button, and wants a yes that nobody has ticked beforehand', async () => {
    const browser = await atPayment()
    const { html } = browser.page()
    const box = tags(html, 'input').find((tag) => tag.includes('id="agree"')) ?? ''
    expect(attribute(box, 'checked')).toBeUndefined()
    expect(html.indexOf('₩31,000')).toBeLessThan(html.indexOf('결제하기'))
    await browser.send('/checkout/pay', { method: 'card' })
    expect([browser.page().status, say(browser).includes('주문 내용을 확인하고 동의해 주세요.')]).toEqual([422, true])
  })

  test('asks again when the price has changed since it was shown', async () => {
    const browser = await atPayment()
    const { shop, db } = store.api
    const price = async (minor: number) =>
      shop.pricing.setPrices(db, [{ sku: 'SG-CUP-0101', amount: { minor, currency: 'KRW' }, compareAt: null }])
    await price(29_000)
    await browser.send('/checkout/pay', { method: 'card', agree: 'yes' })
    await price(28_000)
    expect([
      browser.page().status,
      say(browser).includes('금액이 바뀌었습니다'),
      say(browser).includes('₩32,000 결제하기'),
    ]).toEqual([422, true, true])
  })

  test('does not deliver where the shop does not', async () => {
    const browser = await withMugs(1)
    await browser.open('/ko/checkout')
    await browser.send('/checkout/delivery', { ...korean, country: 'BR' })
    expect(say(browser)).toContain('이 주소로는 보내 드리지 못합니다.')
  })
})

test('no visitor has run into a fault', () => {
  expect(store.faults).toEqual([])
})
