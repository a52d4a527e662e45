import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openShop } from '@sangdo/api'
import { openTestDb, type TestDatabase } from '@sangdo/core/testing'
import { createSandbox, type Listening } from '@sangdo/payments/sandbox'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importFile, secrets, signIn, startApi } from '../bench/api.ts'
import { type BookList, booksToSell, bookShelf, data, fileOf } from '../bench/books.ts'
import { type Amount, buy } from '../bench/buyer.ts'
import type { Running } from '../bench/processes.ts'
import { createVisitor, type Visitor } from '../bench/visitor.ts'

const missing = !existsSync(join(data, 'goodbooks-10k')) || !existsSync(join(data, 'spree-sample'))
if (missing)
  console.warn('\n  !! ../shared/data is not there: the shop is not tried on files that nobody here wrote.\n')

/** What is wrong with a line of the list, column by column: ten books each. */
const spoiled = [
  { column: 'price', cell: 'cheap' },
  { column: 'price', cell: '-5' },
  { column: 'price', cell: '99.50' },
  { column: 'stock', cell: 'plenty' },
  { column: 'title', cell: '' },
] as const
const isSpoiled = (index: number) => index % 200 === 7

/** The cells of a line, with their quotes. */
const cellsOf = (line: string) => [...line.matchAll(/(?:^|,)("(?:[^"]|"")*"|[^,]*)/g)].map(([, cell = '']) => cell)

function spoil({ columns, lines }: BookList): BookList {
  const names = columns.split(',')
  return {
    columns,
    lines: lines.map((line, index) => {
      const fault = isSpoiled(index) ? spoiled[Math.floor(index / 200) % spoiled.length] : undefined
      if (!fault) return line
      return cellsOf(line).with(names.indexOf(fault.column), fault.cell).join(',')
    }),
  }
}

interface Card {
  readonly slug: string
  readonly name: string
  readonly inStock: boolean
  readonly fromPrice: Amount | null
}
interface Cards {
  readonly items: readonly Card[]
  readonly next: string | null
}
interface Page {
  readonly product: {
    readonly name: Readonly<Record<string, string>>
    readonly variants: readonly { readonly sku: string }[]
  }
  readonly prices: Readonly<Record<string, { readonly amount: Amount }>>
  readonly available: Readonly<Record<string, number>>
}

const noServer = (engine: string) => engine === 'postgres' && !process.env['TEST_DATABASE_URL']

for (const engine of ['sqlite', 'postgres'] as const)
  describe.skipIf(missing || noServer(engine))(`a shop on ${engine}, with files that nobody here wrote`, () => {
    const books = missing ? { columns: '', lines: [] } : booksToSell()
    const practice = createSandbox({ secret: secrets.SANDBOX_SECRET })
    let [folder, database, window, api, staff]: [string, TestDatabase?, Listening?, Running?, Visitor?] = ['']

    const guest = () => createVisitor(api?.url ?? '')
    const owner = () => staff ?? guest()
    const list = (query: Record<string, string>) =>
      guest().get<Cards>('GET', `/products?${new URLSearchParams({ locale: 'en', currency: 'KRW', ...query })}`)
    const names = async (q: string, locale = 'en') => (await list({ q, locale })).items.map((card) => card.name)
    const open = (slug: string, locale: string, market: string) =>
      guest().get<Page>('GET', `/products/${encodeURIComponent(slug)}?locale=${locale}&market=${market}`)

    /** Lists follow an import a moment later: they are told of it by events. */
    async function untilTold(): Promise<void> {
      const untold = database?.db.selectFrom('core_outbox').select('id').where('delivered_at', 'is', null).limit(1)
      while (await untold?.executeTakeFirst()) await new Promise((resolve) => setTimeout(resolve, 100))
    }

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'sangdo-real-'))
      database = await openTestDb(engine)
      window = await practice.listen(0)
      // A small heap, with the nursery that Node has otherwise.
      const flags = ['--max-old-space-size=96', '--max-semi-space-size=16']
      const databaseUrl = database.url ?? ''
      api = await startApi({ databaseUrl, folder, payUrl: window.url, program: 'source', flags })
      staff = await signIn(api, folder)
    }, 60_000)

    afterAll(async () => {
      await api?.stop()
      await window?.close()
      await database?.close()
      if (folder) await rm(folder, { recursive: true, force: true })
    })

    test('takes the product file of a Spree shop as it is: variants, prices and shelves', async () => {
      const file = await readFile(join(data, 'spree-sample/products.csv'), 'utf8')
      const wish = { format: 'spree', locale: 'en', currency: 'USD' } as const
      expect(await importFile(owner(), file, wish)).toMatchObject({
        status: 'finished',
        rows: 211,
        created: 37,
        failed: 0,
      })
      expect(await importFile(owner(), file, wish)).toMatchObject({ created: 0, updated: 0, unchanged: 37 })
      const { product, prices, available } = await open('automatic-espresso-machine', 'en', 'us')
      const skus = product.variants.map((variant) => variant.sku)
      expect(skus.length).toBeGreaterThan(1)
      expect(prices['AUTOMATIC-ESPRESSO-MACHINE-MATTE-BLACK']?.amount).toEqual({ minor: 87_999, currency: 'USD' })
      expect(available['AUTOMATIC-ESPRESSO-MACHINE-MATTE-BLACK']).toBe(5000)
    })

    test('takes its translations, and shows them', async () => {
      const second = await openShop({ databaseUrl: database?.url ?? '', folder, byCall: true, env: secrets })
      const file = async function* () {
        yield await readFile(join(data, 'spree-sample/product_translations.csv'))
      }
      const report = await second.shop.catalog.importTranslations(second.db, file(), { locale: 'en' })
      await second.db.destroy()
      expect([report.rows, report.updated, report.errors]).toEqual([74, 74, []])
      const { product } = await open('automatic-espresso-machine', 'en', 'us')
      expect([product.name['de'], product.name['fr']]).toEqual(['Kaffeevollautomat', 'Machine Espresso Automatique'])
      expect(await names('Kaffeevollautomat')).toEqual(['Automatic Espresso Machine'])
    })

    test('takes ten thousand books in 96 MB, but for fifty that are spoiled, and says what is wrong with each', async () => {
      const wish = { format: 'books', locale: 'en', currency: 'KRW' } as const
      const state = await importFile(owner(), fileOf(spoil(books)), wish)
      expect(state).toMatchObject({ status: 'finished', rows: 10_000, created: 9950, failed: 50 })
      const [header = '', ...lines] = (await owner().get<string>('GET', `/admin/imports/${state.id}/errors`))
        .trimEnd()
        .split(/\r?\n/)
      expect(header).toBe(`${books.columns},row,column,reason`)
      const reasons = lines.map((line) => line.match(/,\d+,([a-z]+,[^,]+)$/)?.[1] ?? line)
      expect(
        Object.entries(Object.groupBy(reasons, (reason) => reason)).map(([reason, all]) => [reason, all?.length]),
      ).toEqual([
        ['price,cheap is not a plain decimal', 10],
        ['price,A price is not negative', 10],
        ['price,99.50 has more than 0 decimals', 10],
        ['stock,plenty is not a whole number', 10],
        ['title,A new product needs a name', 10],
      ])
      const mended = books.lines.filter((_, index) => isSpoiled(index))
      expect(await importFile(owner(), fileOf({ ...books, lines: mended }), wish)).toMatchObject({
        created: 50,
        failed: 0,
      })
    })

    test('shows a shopper every book of a shelf once, page after page, with its price', async () => {
      await untilTold()
      const shelf = await guest().get<{ id: string }>('GET', `/categories/${bookShelf.toLowerCase()}?locale=en`)
      const cards: Card[] = []
      for (let after: string | null = ''; after !== null;) {
        const page: Cards = await list({
          category: shelf.id,
          sort: 'price_asc',
          limit: '100',
          inStock: 'true',
          ...(after ? { after } : {}),
        })
        cards.push(...page.items)
        after = page.next
      }
      expect([cards.length, new Set(cards.map((card) => card.slug)).size]).toEqual([10_000, 10_000])
      const prices = cards.map((card) => card.fromPrice?.minor ?? 0)
      expect(prices).toEqual(prices.toSorted((a, b) => a - b))
    })

    test('finds a book by its title and by its author, and a mug by half a Korean word', async () => {
      expect((await names('hunger games'))[0]).toContain('Hunger Games')
      expect(await names('orwell')).toContain('1984')
      expect(await names('머ㄱ', 'ko')).toContain('굽 높은 머그')
    })

    test('sells a book that was found, and has one fewer', async () => {
      const [card] = (await list({ q: 'orwell 1984' })).items
      const before = await open(card?.slug ?? '', 'en', 'kr')
      const sku = before.product.variants[0]?.sku ?? ''
      const { order } = await buy(guest(), sku, practice.approve)
      expect(order.status).toBe('paid')
      expect(order.total.minor).toBe((before.prices[sku]?.amount.minor ?? 0) + 3000)
      const after = await open(card?.slug ?? '', 'en', 'kr')
      expect(after.available[sku]).toBe((before.available[sku] ?? 0) - 1)
      const counted = await openShop({ databaseUrl: database?.url ?? '', folder, byCall: true, env: secrets })
      const { shop, db } = counted
      const sums = [await shop.inventory.drift(db), await shop.payments.unbalanced(db), await shop.outbox.failures(db)]
      await db.destroy()
      expect(sums).toEqual([[], [], []])
    })
  })
