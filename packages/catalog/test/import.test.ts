import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { describeDatabases, recorder, stillClock } from '@sangdo/core/testing'
import {
  bookMapping,
  errorFile,
  type ImportedSku,
  type ImportReport,
  type ProductMapping,
  type RowError,
} from '@sangdo/catalog'
import { catalogMigrations, createCatalog, type ImportOptions } from '@sangdo/catalog/server'
import { simpleProduct } from '@sangdo/catalog/testing'
import { dataFile, piecesOf, textOf } from './files.ts'

const header =
  'Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Inventory Qty,Variant Price,Variant Compare At Price,Image Src,Image Alt Text,Variant Image'
const shopify = [
  header,
  'tea-cup,Tea Cup,"<p>Thrown by hand.</p><script>alert(1)</script><ul><li>Porcelain</li></ul>",Moon,Cups,"tea, cup",TRUE,Colour,White,CUP-W,180,5,28.00,32.00,https://cdn.example/cup.jpg,A white cup,https://cdn.example/white.jpg',
  'tea-cup,,,,,,,,Celadon,CUP-C,180,-2,31.00,,https://cdn.example/side.jpg,,',
  'tea-cup,,,,,,,,,,,,,,https://cdn.example/back.jpg,The back,',
  'plate,Plate,Flat,Moon,Plates,,TRUE,Title,Default Title,PLATE,400,3,12.5,,,,',
  'bowl,Bowl,,Moon,Cups,,FALSE,Title,Default Title,,,,9,,,,',
].join('\n')
const refusedRows = ({ errors }: ImportReport) => errors.map(({ row, column, reason }) => [row, column, reason])

describe('import', () => {
  describeDatabases([catalogMigrations], (database) => {
    const shop = () => {
      const { db } = database()
      const clock = stillClock()
      const outbox = recorder()
      const catalog = createCatalog({ outbox, now: clock.now, locales: ['en', 'de'] })
      const skus: ImportedSku[] = []
      const load = (text: string, options: Partial<ImportOptions> = {}) =>
        catalog.importProducts(db, textOf(text, 37), {
          format: 'shopify',
          locale: 'en',
          currency: 'EUR',
          onPrice: async (_tx, rows) => void skus.push(...rows),
          ...options,
        })
      const bySlug = async (slug: string) => {
        const product = await catalog.productBySlug(db, { locale: 'en', slug })
        if (!product) throw new Error(`no ${slug}`)
        return product
      }
      return { db, catalog, outbox, load, bySlug, skus }
    }

    test('a Shopify file becomes products with options, variants, pictures and categories', async () => {
      const { db, catalog, load, bySlug, skus } = shop()
      expect(await load(shopify)).toMatchObject({ rows: 5, created: 3, updated: 0, unchanged: 0, failed: 0 })
      const cup = await bySlug('tea-cup')
      expect(cup).toMatchObject({
        status: 'active',
        name: { en: 'Tea Cup' },
        description: { en: 'Thrown by hand.\n\n• Porcelain' },
        brandLine: 'Moon',
        tags: ['tea', 'cup'],
        options: [
          {
            code: 'colour',
            name: { en: 'Colour' },
            values: [{ code: 'white', name: { en: 'White' } }, { code: 'celadon' }],
          },
        ],
        variants: [
          { sku: 'CUP-W', weightGrams: 180, options: { colour: 'white' }, image: 'https://cdn.example/white.jpg' },
          { sku: 'CUP-C', options: { colour: 'celadon' }, image: null },
        ],
      })
      expect(cup.media.map(({ url, alt }) => [url.slice(20), alt['en']])).toEqual([
        ['cup.jpg', 'A white cup'],
        ['white.jpg', 'Tea Cup'],
        ['side.jpg', 'Tea Cup'],
        ['back.jpg', 'The back'],
      ])
      expect(await bySlug('bowl')).toMatchObject({
        status: 'draft',
        variants: [{ sku: 'bowl' }],
        options: [],
        categoryIds: cup.categoryIds,
      })
      expect((await catalog.categories(db)).map((category) => category.name['en'])).toEqual(['Cups', 'Plates'])
      const eur = (minor: number) => ({ minor, currency: 'EUR' })
      expect(skus).toEqual([
        { sku: 'CUP-W', price: eur(2800), compareAt: eur(3200), stock: 5 },
        { sku: 'CUP-C', price: eur(3100), compareAt: null, stock: 0 },
        { sku: 'PLATE', price: eur(1250), compareAt: null, stock: 3 },
        { sku: 'bowl', price: eur(900), compareAt: null, stock: null },
      ])
    })

    test('run again, it changes nothing; a changed cell changes its product, and an empty one does not', async () => {
      const { db, catalog, outbox, load, bySlug } = shop()
      await load(shopify)
      const before = await bySlug('tea-cup')
      outbox.events.length = 0
      expect(await load(shopify)).toMatchObject({ created: 0, updated: 0, unchanged: 3, failed: 0 })
      expect([await bySlug('tea-cup'), outbox.events]).toEqual([before, []])
      const edited = shopify.replace('tea-cup,Tea Cup', 'tea-cup,Tea Bowl').replace('Moon,Cups,"tea, cup"', ',,')
      expect(await load(edited)).toMatchObject({ updated: 1, unchanged: 2 })
      const after = await bySlug('tea-cup')
      expect(after).toMatchObject({
        version: 2,
        name: { en: 'Tea Bowl' },
        brandLine: 'Moon',
        tags: ['tea', 'cup'],
        variants: before.variants,
      })
      expect(
        (await catalog.list(db, { locale: 'en', q: 'bowl', status: 'any' })).items.map((card) => card.name),
      ).toEqual(['Bowl', 'Tea Bowl'])
    })

    test('a dry run says what would happen, and nothing does', async () => {
      const { db, catalog, outbox, load, skus } = shop()
      const planned = await load(`${shopify}\nbad,Bad,,,,,TRUE,,,BAD,,,free,,,,`, { dryRun: true })
      expect(planned).toMatchObject({ rows: 6, created: 3, failed: 1 })
      expect([
        (await catalog.list(db, { locale: 'en', status: 'any' })).items,
        await catalog.categories(db),
        outbox.events,
        skus,
      ]).toEqual([[], [], [], []])
      expect(await load(`${shopify}\nbad,Bad,,,,,TRUE,,,BAD,,,free,,,,`)).toEqual(planned)
      expect(await load(shopify, { dryRun: true })).toMatchObject({ unchanged: 3 })
    })

    test('a row that is wrong is refused by its line, column and reason, and the others go on', async () => {
      const { db, catalog, load } = shop()
      await catalog.createProduct(db, simpleProduct('Other', 'TAKEN', { name: { en: 'Other' } }))
      const rows = [
        'a,A,,,,,TRUE,,,A-1,heavy,,1,,,,',
        'b,B,"two',
        'lines",,,,TRUE,,,B-1,,,1.234,,,,',
        ',C,,,,,TRUE,,,C-1,,,1,,,,',
        'd,D,,,,,TRUE,,,TAKEN,,,1,,,,',
        'e,E,,,,,TRUE,,,E-1,,,1,,javascript:alert(1),,',
        'f,,,,,,TRUE,,,F-1,,,1,,,,',
        `g,${'G'.repeat(201)},,,,,TRUE,,,G-1,,,1,,,,`,
        'h,H,,,,,TRUE,,,H-1,,,1,,,,,,,too,many',
        `i,${'I'.repeat(1_000_000)},,,,,TRUE,,,I-1,,,1,,,,`,
        'j,J,,,,,TRUE,Size,S,J-S,,,1,,,,',
        'j,,,,,,,,M,J-S,,,1,,,,',
        'j,,,,,,,,L,J-L,,,1,,,,',
        'k,K,,,,,TRUE,,,K-1,,,-1,,,,',
        'l,L,,,,,TRUE,,,J-L,,,1,,,,',
        'ok,Fine,,,,,TRUE,,,OK-1,,,1,,,,',
      ]
      const report = await load([header, ...rows].join('\r\n'))
      expect(report).toMatchObject({ rows: 15, created: 2, failed: 12 })
      expect(refusedRows(report)).toEqual([
        [2, 'Variant Grams', 'heavy is not a whole number'],
        [3, 'Variant Price', expect.stringContaining('more than 2 decimals')],
        [5, 'Handle', 'A row must say which product it belongs to'],
        [6, 'Variant SKU', 'TAKEN belongs to another product'],
        [7, 'Image Src', expect.stringContaining('http')],
        [8, 'Title', 'A new product needs a name'],
        [9, 'Title', expect.stringContaining('200')],
        [10, null, 'This row has 21 cells, the header 17'],
        [11, 'Title', 'This cell is longer than 100000 characters'],
        [13, 'Variant SKU', 'Two variants have this sku'],
        [15, 'Variant Price', 'A price is not negative'],
        [16, 'Variant SKU', 'J-L belongs to another product'],
      ])
      expect(Object.keys(await catalog.variantsOf(db, ['J-S', 'J-M', 'J-L', 'OK-1', 'A-1']))).toEqual(
        expect.arrayContaining(['J-S', 'J-L', 'OK-1']),
      )
    })

    test('the file of refused rows is corrected and imported as it is', async () => {
      const { load, bySlug } = shop()
      const report = await load(
        [header, 'cup,=Cup,,,,,TRUE,,,C-1,,,free,,,,', 'ok,Fine,,,,,TRUE,,,OK,,,1,,,,'].join('\n'),
      )
      const file = [...errorFile(report)].join('')
      expect(file).toContain("cup,'=Cup,")
      expect(file).toMatch(/,row,column,reason\r\ncup.*,2,Variant Price,free is not a plain decimal\r\n$/)
      expect(await load(file.replace(',free,', ',5,'))).toMatchObject({ rows: 1, created: 1, failed: 0 })
      expect((await bySlug('cup')).name).toEqual({ en: '=Cup' })
    })

    test('a row of a product that is there may come alone', async () => {
      const { load, bySlug } = shop()
      await load(shopify)
      expect(await load(`${header}\ntea-cup,,,,,,,,Black,CUP-B,,,30,,,,`)).toMatchObject({ updated: 1, failed: 0 })
      expect((await bySlug('tea-cup')).variants.map((variant) => variant.options)).toEqual([
        { colour: 'white' },
        { colour: 'celadon' },
        { colour: 'black' },
      ])
    })

    test('when prices or stock cannot be stored, the product is not either, and the others are', async () => {
      const { db, catalog, load } = shop()
      const { createProduct } = catalog
      const onStock: ImportOptions['onStock'] = async (tx, rows) => {
        if (rows.some((row) => row.sku === 'PLATE')) await createProduct(tx, simpleProduct('x', 'PLATE'))
      }
      const report = await load(shopify, { onStock })
      expect(report).toMatchObject({
        created: 2,
        failed: 1,
        errors: [{ row: 5, reason: 'PLATE belongs to another product' }],
      })
      expect(Object.keys(await catalog.variantsOf(db, ['PLATE', 'CUP-W', 'bowl'])).sort()).toEqual(['CUP-W', 'bowl'])
    })

    test('the file of a Korean spreadsheet is read when its encoding is said, and refused otherwise', async () => {
      const { catalog, db, bySlug } = shop()
      // 찻잔 in CP949, which has no other trace than its bytes
      const bytes = Buffer.concat([
        Buffer.from(`${header}\ncup,`),
        Buffer.from([0xc2, 0xfe, 0xc0, 0xdc]),
        Buffer.from(',,,,,TRUE,,,C,,,,,,,'),
      ])
      const pieces = async function* () {
        for (const byte of bytes) yield Uint8Array.of(byte)
      }
      const options = { format: 'shopify', locale: 'en' } as const
      await expect(catalog.importProducts(db, pieces(), options)).rejects.toMatchObject({
        code: 'catalog.unreadable_file',
      })
      expect(await catalog.importProducts(db, pieces(), { ...options, encoding: 'euc-kr' })).toMatchObject({
        created: 1,
      })
      expect((await bySlug('cup')).name).toEqual({ en: '찻잔' })
    })

    test.each([
      ['no handle column', 'Title\nCup'],
      ['a quote that never ends', `${header}\ncup,"Cup`],
    ])('a file with %s is refused', async (_, text) => {
      await expect(shop().load(text)).rejects.toMatchObject({ code: 'catalog.unreadable_file' })
    })

    test('a long file is read no further than the rows that are being stored', async () => {
      const { db, catalog } = shop()
      let read = 0
      const lines = async function* () {
        yield `${header}\n`
        for (; read < 1500; read++) yield `p${read},Product ${read},,,,,TRUE,,,P-${read},,,1,,,,\n`
      }
      const ahead: number[] = []
      const onProgress: ImportOptions['onProgress'] = ({ created }) => void ahead.push(read - created)
      await catalog.importProducts(db, lines(), { format: 'shopify', locale: 'en', currency: 'EUR', onProgress })
      expect(ahead).toHaveLength(8)
      expect(Math.max(...ahead)).toBeLessThan(10)
    }, 30_000)

    test('an empty file is no trouble', async () => {
      expect(await shop().load('')).toMatchObject({ rows: 0, created: 0, failed: 0 })
    })
  })

  const products = dataFile('spree-sample/products.csv')
  describe.skipIf(products.missing)(`of the Spree sample${products.note}`, () => {
    describeDatabases([catalogMigrations], (database) => {
      test('its 211 rows are 37 products with 87 variants, priced in two currencies, in three languages', async () => {
        const { db } = database()
        const catalog = createCatalog({ locales: ['en', 'de'] })
        const skus: ImportedSku[] = []
        const load = (dryRun: boolean) =>
          catalog.importProducts(db, piecesOf(products.path), {
            format: 'spree',
            locale: 'en',
            dryRun,
            onPrice: async (_tx, rows) => void skus.push(...rows),
          })
        expect(await load(true)).toMatchObject({ rows: 211, created: 37, failed: 0 })
        expect(await load(false)).toMatchObject({
          rows: 211,
          created: 37,
          updated: 0,
          unchanged: 0,
          failed: 0,
          errors: [],
        })
        expect(skus).toHaveLength(174)
        expect(skus.filter((row) => row.sku === 'DRIP-COFFEE-MAKER-BLACK')).toEqual([
          { sku: 'DRIP-COFFEE-MAKER-BLACK', price: { minor: 8999, currency: 'USD' }, compareAt: null, stock: 5000 },
          {
            sku: 'DRIP-COFFEE-MAKER-BLACK',
            price: { minor: expect.any(Number), currency: 'EUR' },
            compareAt: null,
            stock: null,
          },
        ])
        expect(new Set(skus.map((row) => row.sku)).size).toBe(87)
        expect(await load(false)).toMatchObject({ unchanged: 37, failed: 0 })
        const translations = dataFile('spree-sample/product_translations.csv').path
        expect(
          await catalog.importTranslations(db, piecesOf(translations), { locale: 'en', dryRun: true }),
        ).toMatchObject({ updated: 74 })
        expect(await catalog.importTranslations(db, piecesOf(translations), { locale: 'en' })).toMatchObject({
          rows: 74,
          updated: 74,
          failed: 0,
        })
        expect(await catalog.importTranslations(db, piecesOf(translations), { locale: 'en' })).toMatchObject({
          unchanged: 74,
        })
        expect(await load(false)).toMatchObject({ unchanged: 37, failed: 0 })
        const kettle = await catalog.productBySlug(db, { locale: 'fr', slug: 'machine-espresso-automatique' })
        expect(kettle).toMatchObject({
          name: { en: 'Automatic Espresso Machine', de: 'Kaffeevollautomat', fr: 'Machine Espresso Automatique' },
          options: [{ code: 'color', values: [{ code: 'matte-black' }, { code: 'silver' }, { code: 'white' }] }],
          variants: [{ weightGrams: 8981 }, {}, {}],
          taxClass: 'standard',
        })
        expect((await catalog.list(db, { locale: 'de', q: 'kaffee' })).items.map((card) => card.name)).toContain(
          'Kaffeevollautomat',
        )
        const kitchen = (await catalog.categoryTree(db)).find((node) => node.name['en'] === 'Kitchen')
        expect(kitchen?.children.map((node) => node.name['en'])).toContain('Coffee Machines')
        expect((await catalog.list(db, { locale: 'en', category: kitchen?.id, limit: 100 })).items).toHaveLength(13)
      }, 60_000)
    })
  })

  const books = dataFile('goodbooks-10k/books.csv')
  describe.skipIf(books.missing)(`of ten thousand books${books.note}`, () => {
    const spoilers = [
      (line: string) => line.replace(/^\d+,/, ','),
      (line: string) => `${line},and,more`,
      (line: string) => line.replace(/https:.*?,/, 'javascript:alert(1),'),
      (line: string) => line.replace(/^(\d+,.*?,.*?,.*?,.*?,.*?,)/, (start) => `${start}${'9'.repeat(100_001)}`),
      (line: string) => line.replace(/^\d+,/, '!!!,'),
    ]
    const priced: ProductMapping = {
      ...bookMapping,
      price: { column: 'book_id', read: (id) => String(5000 + ((Number(id) * 7919) % 20_000)) },
    }
    let spoiled = ''
    beforeAll(() => {
      const [head = '', ...lines] = readFileSync(books.path, 'utf8').trimEnd().split('\n')
      spoiled = [
        head,
        ...lines.map((line, index) =>
          index % 200 === 7 ? (spoilers[((index % 1000) - 7) / 200]?.(line) ?? line) : line,
        ),
      ].join('\n')
    })

    describeDatabases([catalogMigrations], (database) => {
      test('with fifty of them spoiled 9,950 are stored and fifty are in the error file', async () => {
        const { db } = database()
        const catalog = createCatalog({ locales: ['en'] })
        const heard: RowError[] = []
        let progress = 0
        const report = await catalog.importProducts(db, textOf(spoiled, 65_536), {
          format: priced,
          locale: 'en',
          currency: 'KRW',
          onError: (error) => heard.push(error),
          onProgress: ({ created }) => (progress = created),
          onPrice: (tx, rows) =>
            catalog.feedPrices(
              tx,
              rows.flatMap(({ sku, price }) => (price ? [{ sku, ...price }] : [])),
            ),
        })
        expect(report).toMatchObject({ rows: 10_000, created: 9950, updated: 0, unchanged: 0, failed: 50 })
        expect([heard.length, progress]).toEqual([50, 9950])
        expect(report.errors.map((error) => error.row)).toEqual(
          Array.from({ length: 50 }, (_, index) => index * 200 + 9),
        )
        expect([...errorFile(report)].join('').trimEnd().split('\r\n')).toHaveLength(51)
        const found = async (q: string) =>
          (await catalog.list(db, { locale: 'en', q, currency: 'KRW', limit: 100 })).items
        expect(await found('hunger games')).toContainEqual(
          expect.objectContaining({
            name: 'The Hunger Games (The Hunger Games, #1)',
            fromPrice: { minor: 12_919, currency: 'KRW' },
          }),
        )
        expect((await catalog.variantsOf(db, ['BOOK-2']))['BOOK-2']?.barcode).toBe('9780439554930')
      }, 300_000)
    })
  })
})
