import { priceCart } from '@sangdo/pricing'
import { sampleCart, samplePromotion, sampleTax } from '@sangdo/pricing/testing'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { linesOf, optionsOf, promotionsOf } from '../bench/pricing/carts.ts'
import { bundle } from '../bundle.ts'
import { launchBrowser } from '../chromium.ts'

const browser: Browser | null = await launchBrowser()
afterAll(() => browser?.close())

const carts = [
  [sampleCart, { promotions: [samplePromotion], tax: sampleTax }],
  [linesOf(10), optionsOf(promotionsOf(10))],
  [linesOf(200), optionsOf(promotionsOf(50))],
  [
    linesOf(3),
    {
      promotions: [
        { kind: 'percent_off', percent: 10, when: { weekdays: [5], hours: { from: '22:00', to: '02:00' } } },
      ],
      context: { at: '2026-11-20T13:00:00.000Z', timeZone: 'Asia/Seoul' },
      tax: {
        pricesInclude: 'no_tax',
        rates: {
          standard: [
            { name: 'a', percent: '4.1' },
            { name: 'b', percent: 3, compound: true },
          ],
        },
      },
    },
  ],
] as const satisfies readonly (readonly [unknown, unknown])[]

describe.skipIf(!browser)('pricing, bundled by itself', () => {
  const here = carts.map(([lines, options]) => priceCart(lines, options))
  let code = ''
  beforeAll(async () => {
    const price = 'import { priceCart } from "@sangdo/pricing"; globalThis.priceCart = priceCart'
    code = (await bundle(price)).code
  })

  test('comes to the same quotes in a page, to the last minor unit', async () => {
    const page = await browser?.newPage()
    await page?.evaluate(code)
    const there = await page?.evaluate((all) => {
      const { priceCart: price } = globalThis as unknown as { priceCart: (lines: unknown, options: unknown) => unknown }
      return all.map(([lines, options]) => price(lines, options))
    }, carts)
    expect(there).toEqual(JSON.parse(JSON.stringify(here)))
    await page?.close()
  })

  test('comes to the same quotes in a worker', async () => {
    const page = await browser?.newPage()
    const listen = 'onmessage = ({ data }) => postMessage(data.map(([lines, options]) => priceCart(lines, options)))'
    const there = await page?.evaluate(
      async ([source, all]) => {
        const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }))
        const worker = new Worker(url)
        return new Promise((resolve, reject) => {
          worker.addEventListener('message', ({ data }) => resolve(data))
          worker.addEventListener('error', ({ message }) => reject(new Error(message)))
          // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
          worker.postMessage(all)
        })
      },
      [`${code}\n${listen}`, carts] as const,
    )
    expect(there).toEqual(JSON.parse(JSON.stringify(here)))
    await page?.close()
  })
})
