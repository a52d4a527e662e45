import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { attribute, type Browser, openStore, type Store, tags, textOf } from './browser.ts'

let store: Store
beforeAll(async () => {
  store = await openStore()
}, 60_000)
afterAll(() => store.close())

const password = 'a short sentence'
const say = (browser: Browser) => textOf(browser.page().html)
const newEmail = () => `${crypto.randomUUID()}@example.com`

async function member({ locale = 'en', email = newEmail(), ...consents }: Record<string, string> = {}) {
  const browser = store.browser()
  await browser.open(`/${locale}/sign-up`)
  await browser.send('/sign-up', { name: 'Hannah Lee', email, password, ...consents })
  return { ...browser, email }
}

/** An order of one mug that a member has paid for, and that has arrived. */
async function received(browser: Browser) {
  await browser.open('/en/product/high-foot-mug')
  await browser.send('/cart/lines')
  await browser.open('/en/checkout')
  await browser.send('/checkout/delivery', {
    phone: '+1 212 555 0100',
    country: 'US',
    line1: '350 Fifth Avenue',
    city: 'New York',
    region: 'NY',
    postcode: '10118',
  })
  const method =
    attribute(tags(browser.page().html, 'input').find((tag) => tag.includes('name="method"')) ?? '', 'value') ?? ''
  await browser.send('/checkout/shipping', { method })
  await browser.send('/checkout/pay', { method: 'card', agree: 'yes' })
  await browser.send('/card', { practice: '4242424242424242' })
  const number = /order\/([\w-]+)/.exec(browser.page().url)?.[1] ?? ''
  const { shop, db } = store.api
  const { items } = await shop.orders.list(db, {}, { limit: 100 })
  const order = await shop.orders.orderOf(db, items.find((one) => one.number === number)!.id)
  const lines = order.lines.map(({ id, quantity }) => ({ lineId: id, quantity }))
  await shop.send(db, { orderId: order.id, carrier: 'cj', trackingNumber: '123456789012', lines })
  const [shipment] = (await shop.shipping.shipmentsOf(db, [order.id]))[order.id] ?? []
  await shop.shipping.deliver(db, shipment!.id)
  await shop.deliver(db)
  return { number, lineId: order.lines[0]!.id }
}

describe('signing up', () => {
  test('works without any consent, and none is ticked beforehand', async () => {
    const browser = store.browser()
    await browser.open('/ko/sign-up')
    expect(
      tags(browser.page().html, 'input').filter(
        (tag) => tag.includes('checkbox') && attribute(tag, 'checked') !== undefined,
      ),
    ).toEqual([])
    await browser.send('/sign-up', { name: '김하늘', email: newEmail(), password })
    expect(browser.page().url).toBe('/ko/account')
    expect(say(browser)).toContain('김하늘 님, 어서 오세요')
    expect(say(browser).match(/받지 않습니다/g)).toHaveLength(3)
  })

  test('keeps each consent on its own, and takes it back in one step', async () => {
    const browser = await member({ 'news-sms': 'yes' })
    expect(say(browser).match(/You receive it/g)).toHaveLength(1)
    await browser.send('/account/consent', { channel: 'sms', decision: 'withdrawn' })
    expect(say(browser)).not.toContain('You receive it')
  })

  test('brings the cart along', async () => {
    const browser = store.browser()
    await browser.open('/en/product/high-foot-mug')
    await browser.send('/cart/lines', { quantity: '2' })
    await browser.open('/en/sign-up')
    await browser.send('/sign-up', { name: 'Hannah Lee', email: newEmail(), password })
    await browser.open('/en/cart')
    expect(say(browser)).toContain('$48.00')
    const stranger = store.browser()
    for (const [name, value] of browser.cookies) if (name === 'sangdo-cart') stranger.cookies.set(name, value)
    expect((await stranger.open('/en/cart')).html).toContain('Your cart is empty')
  })

  test('says which field it refuses, and keeps the others', async () => {
    const { email } = await member()
    const browser = store.browser()
    await browser.open('/en/sign-up')
    await browser.send('/sign-up', { name: 'Hannah', email: 'hannah@localhost', password })
    expect([
      browser.page().status,
      say(browser).includes('Please check the e-mail address'),
      browser.page().html.includes('value="Hannah"'),
    ]).toEqual([422, true, true])
    await browser.send('/sign-up', { email: newEmail(), password: 'short' })
    expect(say(browser)).toContain('A password has 10 to 128 characters.')
    await browser.send('/sign-up', { email, password })
    expect(say(browser)).toContain('There is an account with this e-mail already.')
    expect(browser.page().html).not.toContain(password)
  })
})

describe('signing in', () => {
  test('leads back to where it was asked for, and out again', async () => {
    const { email } = await member()
    const browser = store.browser()
    expect((await browser.open('/en/account/orders')).url).toBe('/en/sign-in?next=%2Fen%2Faccount%2Forders')
    await browser.send('/sign-in', { email, password })
    expect(browser.page().url).toBe('/en/account/orders')
    expect(say(browser)).toContain('No orders yet')
    await browser.send('/sign-out')
    expect((await browser.open('/en/account')).url).toMatch(/^\/en\/sign-in/)
  })

  test('refuses a wrong password and an unknown address with the same words', async () => {
    const { email } = await member()
    const answers = []
    for (const known of [email, newEmail()]) {
      const browser = store.browser()
      await browser.open('/en/sign-in')
      await browser.send('/sign-in', { email: known, password: 'not the password' })
      answers.push([browser.page().status, say(browser).replaceAll(known, '')])
    }
    expect(answers[0]).toEqual(answers[1])
    expect(String(answers[0])).toContain('The e-mail address or the password is wrong.')
  })

  test('asks for patience after too many tries', async () => {
    const browser = store.browser()
    await browser.open('/en/sign-in')
    for (let tries = 0; tries < 11; tries++)
      await browser.send('/sign-in', { email: 'nobody@example.com', password: 'not the password' })
    expect([browser.page().status, say(browser).includes('That was too many tries.')]).toEqual([429, true])
  })

  test('sends nobody to another site', async () => {
    const { email } = await member()
    const browser = store.browser()
    await browser.open('/en/sign-in?next=https://evil.example')
    await browser.send('/sign-in', { email, password, next: '//evil.example' })
    expect(browser.page().url).toBe('/en/account')
  })
})

describe('the account', () => {
  test('keeps name and phone, and says what is wrong with them', async () => {
    const browser = await member()
    await browser.send('/account/profile', { phone: '1' })
    expect([browser.page().status, say(browser).includes('Please enter a phone number in digits')]).toEqual([422, true])
    await browser.send('/account/profile', { name: 'Hana Lee', phone: '+1 212 555 0100' })
    expect(say(browser)).toContain('Welcome, Hana Lee')
    expect(say(browser)).toContain('Saved.')
  })

  test('keeps addresses, which checkout then knows', async () => {
    const browser = await member()
    await browser.open('/en/account/addresses')
    await browser.send('/account/addresses', {
      label: 'Home',
      name: 'Hannah Lee',
      phone: '+1 212 555 0100',
      country: 'US',
      postcode: '10118',
      line1: '350 Fifth Avenue',
    })
    expect(say(browser)).toContain('Home Default')
    await browser.open('/en/product/high-foot-mug')
    await browser.send('/cart/lines')
    expect((await browser.open('/en/checkout')).html).toContain('value="350 Fifth Avenue"')
    await browser.open('/en/account/addresses')
    await browser.send('/account/addresses/remove')
    expect(say(browser)).toContain('No saved addresses')
  })

  test('is left in as few steps as it was made, and not by accident', async () => {
    const browser = await member()
    const leave = tags(browser.page().html, 'a').some((tag) => attribute(tag, 'href') === '/en/account/leave')
    expect(leave).toBe(true)
    await browser.open('/en/account/leave')
    await browser.send('/account/leave')
    expect([browser.page().status, say(browser).includes('Please tick the box first.')]).toEqual([422, true])
    await browser.send('/account/leave', { sure: 'yes' })
    expect(say(browser)).toContain('Your account is closed.')
    await browser.send('/sign-in', { email: browser.email, password })
    expect(say(browser)).toContain('The e-mail address or the password is wrong.')
  })
})

describe('an order of a member', () => {
  test('is among their orders, and nobody else’s', async () => {
    const browser = await member()
    const { number } = await received(browser)
    await browser.open('/en/account/orders')
    expect(say(browser)).toContain(number)
    expect(say(browser)).toContain('Delivered')
    expect((await browser.open(`/en/order/${number}`)).status).toBe(200)
    const other = await member()
    expect((await other.open(`/en/order/${number}`)).status).toBe(404)
  })

  test('is reviewed once it has arrived, once', async () => {
    const browser = await member()
    const { number, lineId } = await received(browser)
    await browser.open(`/en/order/${number}`)
    expect(browser.page().html).toContain(`/en/review/${lineId}?order=${number}`)
    await browser.open(`/en/review/${lineId}?order=${number}`)
    await browser.send(`/review/${lineId}`, { text: 'short' })
    expect(browser.page().status).toBe(422)
    expect([
      say(browser).includes('Please choose a number of stars.'),
      say(browser).includes('A review has 10 to 4,000 characters.'),
    ]).toEqual([true, true])
    await browser.send(`/review/${lineId}`, {
      stars: '2',
      title: 'Too tall',
      text: 'It does not fit under our machine.',
    })
    expect(say(browser)).toContain('Thank you for your review.')
    expect(say(browser)).toContain('You have reviewed this')
    await browser.open(`/en/review/${lineId}?order=${number}`)
    await browser.send(`/review/${lineId}`, { stars: '5', text: 'Another opinion of mine.' })
    expect(say(browser)).toContain('You have reviewed this already.')
  })

  test('is not reviewed by strangers', async () => {
    const owner = await member()
    const { number, lineId } = await received(owner)
    expect((await store.browser().open(`/en/review/${lineId}?order=${number}`)).url).toMatch(/^\/en\/sign-in/)
    expect((await (await member()).open(`/en/review/${lineId}?order=${number}`)).status).toBe(404)
  })
})

test('no visitor has run into a fault', () => {
  expect(store.faults).toEqual([])
})
