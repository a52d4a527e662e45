import { expect, test } from 'vitest'
import { bundle } from './bundle.ts'

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`
const all = (entry: string) => `export * from "@sangdo/pricing${entry}"`
const theirs = ['decimal.js', 'zod']

test('the rules of pricing are small enough for a page, and bring no zod with them', async () => {
  const ours = await bundle(all('/rules'), theirs)
  const whole = await bundle(all('/rules'))
  console.log(
    `@sangdo/pricing/rules, gzipped: ${kilobytes(ours.size)} of ours, ${kilobytes(whole.size)} with decimal.js`,
  )
  expect(whole.inputs.filter((file) => /node_modules/.test(file) && !/decimal\.js/.test(file))).toEqual([])
  expect(ours.size).toBeLessThanOrEqual(20_000)
})

test('a page that imports priceCart alone gets no more than that, from the root too', async () => {
  const { inputs, size } = await bundle('export { priceCart } from "@sangdo/pricing"', ['decimal.js'])
  console.log(`priceCart from @sangdo/pricing, gzipped: ${kilobytes(size)} of ours`)
  expect(inputs.filter((file) => /zod|why|refund|simulat/.test(file))).toEqual([])
  expect(size).toBeLessThanOrEqual(13_000)
})

test('all that is pure, schemas included, stays within 20 kB, and so do what explains it and what tries it on the past', async () => {
  const [root, why, past] = [
    await bundle(all(''), theirs),
    await bundle(all('/why'), theirs),
    await bundle(all('/simulate'), theirs),
  ]
  console.log(`@sangdo/pricing with its schemas, gzipped: ${kilobytes(root.size)} of ours (${root.size} bytes)`)
  console.log(`@sangdo/pricing/why, gzipped: ${kilobytes(why.size)} of ours`)
  expect(root.size).toBeLessThanOrEqual(20_000)
  console.log(`@sangdo/pricing/simulate, gzipped: ${kilobytes(past.size)} of ours`)
  expect(why.size).toBeLessThanOrEqual(20_000)
  expect(past.size).toBeLessThanOrEqual(20_000)
})
