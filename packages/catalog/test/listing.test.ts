import { describe, expect, test } from 'vitest'
import { describeDatabases, recorder, stillClock } from '@sangdo/core/testing'
import { type ListQuery, type ProductInput } from '@sangdo/catalog'
import { catalogMigrations, createCatalog } from '@sangdo/catalog/server'
import { sampleCategory, samplePrices, sampleProduct, sampleStock, simpleProduct } from '@sangdo/catalog/testing'

describe('lists and searches', () => {
  describeDatabases([catalogMigrations], (database) => {
    const shop = () => {
      const { db } = database()
      const clock = stillClock()
      const catalog = createCatalog({ outbox: recorder(), now: clock.now })
      const add = async (input: ProductInput) => {
        clock.advance(1000)
        return catalog.createProduct(db, input)
      }
      const names = async (query: Partial<ListQuery> = {}) =>
        (await catalog.list(db, { locale: 'ko', ...query })).items.map((card) => card.name)
      /** Every page of a list, one after another. */
      const walk = async (query: Partial<ListQuery>) => {
        const found: string[] = []
        for (let after: string | null | undefined; after !== null;) {
          const page = await catalog.list(db, { locale: 'ko', ...query, ...(after && { after }) })
          found.push(...page.items.map((card) => card.name))
          after = page.next
        }
        return found
      }
      return { db, catalog, add, names, walk }
    }
    const price = (sku: string, minor: number | null, currency = 'KRW') => ({ sku, currency, minor })

    test('a card has everything that a tile shows', async () => {
      const { db, catalog, add } = shop()
      const { id } = await add(sampleProduct())
      await catalog.feedPrices(db, samplePrices)
      await catalog.feedStock(db, sampleStock)
      await catalog.feedRatings(db, [{ productId: id, average: 437, count: 12 }])
      const { items } = await catalog.list(db, { locale: 'en-GB', currency: 'KRW' })
      expect(items).toEqual([
        {
          id,
          status: 'active',
          slug: 'white-porcelain-tea-cup',
          name: 'White Porcelain Tea Cup',
          summary: 'A small cup that fits the hand',
          brandLine: null,
          image: { url: '/media/cup.avif', alt: 'A white tea cup' },
          variantCount: 2,
          sku: null,
          swatches: [
            { name: 'White', color: '#f8f8f4' },
            { name: 'Celadon', color: '#9fb8a4' },
          ],
          fromPrice: { minor: 28_000, currency: 'KRW' },
          priceVaries: true,
          compareAt: { minor: 32_000, currency: 'KRW' },
          inStock: true,
          rating: { average: 437, count: 12 },
        },
      ])
    })

    test('a card without prices, stock and ratings says so, and a language that is missing is stood in for', async () => {
      const { db, catalog, add } = shop()
      await add(simpleProduct('접시', 'PLATE'))
      const { items } = await catalog.list(db, { locale: 'fr', currency: 'EUR' })
      expect(items).toMatchObject([
        {
          name: '접시',
          sku: 'PLATE',
          fromPrice: null,
          compareAt: null,
          priceVaries: false,
          inStock: false,
          rating: null,
        },
      ])
    })

    test('every order, forwards through its pages, shows each product once', async () => {
      const { db, catalog, add, walk } = shop()
      for (const [index, name] of ['다', '가', '마', '나', '라'].entries()) {
        const { id } = await add(simpleProduct(name, `S${index}`))
        await catalog.feedPrices(db, [price(`S${index}`, [300, 100, 300, 200, 100][index] ?? 0)])
        await catalog.feedRatings(db, [
          { productId: id, average: [500, 450, 500, 300, 0][index] ?? 0, count: [1, 100, 1, 3, 0][index] ?? 0 },
        ])
        await catalog.countSales(db, [{ sku: `S${index}`, quantity: [1, 9, 3, 3, 0][index] ?? 0 }])
      }
      const inPages = (sort: NonNullable<ListQuery['sort']>) => walk({ sort, currency: 'KRW', limit: 2 })
      expect(await inPages('newest')).toEqual(['라', '나', '마', '가', '다'])
      expect(await inPages('name')).toEqual(['가', '나', '다', '라', '마'])
      expect(await inPages('price_asc')).toEqual(['가', '라', '나', '다', '마'])
      expect(await inPages('price_desc')).toEqual(['마', '다', '나', '라', '가'])
      expect(await inPages('rating')).toEqual(['가', '마', '다', '나', '라'])
      expect(await inPages('popular')).toEqual(['가', '나', '마', '다', '라'])
    })

    test('a list is narrowed by price, stock and status', async () => {
      const { db, catalog, add, names } = shop()
      for (const [index, name] of ['가', '나', '다'].entries()) await add(simpleProduct(name, `S${index}`))
      await add(simpleProduct('라', 'S3', { status: 'draft' }))
      await catalog.feedPrices(db, [
        price('S0', 100),
        price('S1', 200),
        price('S2', 300),
        price('S3', 200),
        price('S1', 1, 'EUR'),
      ])
      await catalog.feedStock(db, [
        { sku: 'S0', available: 1 },
        { sku: 'S1', available: 0 },
        { sku: 'S2', available: 4 },
      ])
      expect(await names({ currency: 'KRW', priceMin: 101, priceMax: 300 })).toEqual(['다', '나'])
      expect(await names({ currency: 'KRW', priceMin: 101, priceMax: 300, inStock: true, sort: 'price_asc' })).toEqual([
        '다',
      ])
      expect(await names({ inStock: false })).toEqual(['나'])
      expect(await names({ status: 'draft' })).toEqual(['라'])
      expect(await names({ status: 'any' })).toHaveLength(4)
      expect(await names({ sort: 'price_asc', currency: 'EUR' })).toEqual(['나'])
    })

    test('a category lists what is in those below it, once', async () => {
      const { db, catalog, add, names } = shop()
      const top = await catalog.addCategory(db, sampleCategory({ name: { ko: '그릇' } }))
      const below = await catalog.addCategory(db, sampleCategory({ parentId: top.id }))
      const aside = await catalog.addCategory(db, sampleCategory({ name: { ko: '천' } }))
      await add(simpleProduct('가', 'A', { categoryIds: [top.id, below.id] }))
      await add(simpleProduct('나', 'B', { categoryIds: [below.id] }))
      await add(simpleProduct('다', 'C', { categoryIds: [aside.id] }))
      expect([
        await names({ category: top.id }),
        await names({ category: below.id, sort: 'name' }),
        await names({ category: 'cat_0' }),
      ]).toEqual([['나', '가'], ['가', '나'], []])
      await catalog.moveCategory(db, aside.id, { parentId: below.id })
      expect(await names({ category: top.id })).toEqual(['다', '나', '가'])
    })

    test('prices, stock and sales that are fed before their product are shown once it is there', async () => {
      const { db, catalog, add } = shop()
      await catalog.feedPrices(db, [price('S', 100)])
      await catalog.feedStock(db, [{ sku: 'S', available: 2 }])
      await add(simpleProduct('가', 'S'))
      expect((await catalog.list(db, { locale: 'ko', currency: 'KRW' })).items).toMatchObject([
        { fromPrice: { minor: 100 }, inStock: true },
      ])
    })

    test('of facts said twice the last counts, and a price may be taken away', async () => {
      const { db, catalog, add } = shop()
      await add(simpleProduct('가', 'S'))
      const card = async () => (await catalog.list(db, { locale: 'ko', currency: 'KRW' })).items[0]
      await catalog.feedPrices(db, [price('S', 100), price('S', 90)])
      expect((await card())?.fromPrice?.minor).toBe(90)
      await catalog.feedPrices(db, [price('S', null)])
      expect((await card())?.fromPrice).toBeNull()
    })

    test('a variant that is gone takes its price and stock out of the list', async () => {
      const { db, catalog, add } = shop()
      const { id, version } = await add(sampleProduct())
      await catalog.feedPrices(db, samplePrices)
      await catalog.feedStock(db, sampleStock)
      await catalog.updateProduct(db, id, {
        version,
        variants: [{ sku: 'CUP-CELADON', options: { colour: 'celadon' } }],
      })
      expect((await catalog.list(db, { locale: 'ko', currency: 'KRW' })).items).toMatchObject([
        {
          fromPrice: { minor: 31_000 },
          compareAt: null,
          inStock: false,
          swatches: [{ name: '청자색' }],
          sku: 'CUP-CELADON',
        },
      ])
    })

    test('the index can be made anew, and in other languages', async () => {
      const { db, catalog, add } = shop()
      await add(sampleProduct())
      await catalog.feedPrices(db, samplePrices)
      const before = await catalog.list(db, { locale: 'en', currency: 'KRW' })
      expect(await catalog.reindex(db)).toBe(1)
      expect(await catalog.list(db, { locale: 'en', currency: 'KRW' })).toEqual(before)
      const english = createCatalog({ locales: ['en'] })
      await english.reindex(db)
      expect((await english.list(db, { locale: 'ko', currency: 'KRW' })).items).toEqual(before.items)
    })

    test.each([
      ['셔츠', ['리넨 셔츠', '오가닉 코튼 셔츠']],
      ['셔ㅊ', ['리넨 셔츠', '오가닉 코튼 셔츠']],
      ['셫', ['리넨 셔츠', '오가닉 코튼 셔츠']],
      ['ㅅㅊ', ['리넨 셔츠', '오가닉 코튼 셔츠']],
      ['코튼셔츠', ['오가닉 코튼 셔츠']],
      ['셔츠 오가', ['오가닉 코튼 셔츠']],
      ['울', ['울 코트', '겨울 담요']],
      ['shirt', ['리넨 셔츠']],
      ['LIN', ['리넨 셔츠']],
      ['rinse', ['겨울 담요']],
      ['blanket 담요', ['겨울 담요']],
      ['wash', ['울 코트']],
      ['S-3', ['겨울 담요']],
      ['바지', []],
      ['셔츠 바지', []],
      ['%', []],
      ["' or 1=1 --", []],
    ])('searching %s finds %j', async (q, found) => {
      const { db, catalog, add, names } = shop()
      await add(simpleProduct('오가닉 코튼 셔츠', 'S-1'))
      await add(simpleProduct('리넨 셔츠', 'S-2', { name: { ko: '리넨 셔츠', en: 'Linen Shirt' } }))
      await add(simpleProduct('겨울 담요', 'S-3', { name: { ko: '겨울 담요', en: 'Blanket' }, tags: ['rinse only'] }))
      await add(simpleProduct('울 코트', 'S-4', { summary: { en: 'Do not wash' } }))
      await catalog.countSales(db, [
        { sku: 'S-2', quantity: 3 },
        { sku: 'S-3', quantity: 5 },
      ])
      expect(await names({ q })).toEqual(found)
    })

    test('words in the name come before words elsewhere, then what sells best, also over pages', async () => {
      const { db, catalog, add, walk } = shop()
      await add(simpleProduct('잔 받침', 'S-1', { tags: ['찻잔'] }))
      await add(simpleProduct('찻잔 하나', 'S-2'))
      await add(simpleProduct('찻잔 둘', 'S-3'))
      await add(simpleProduct('찻잔 셋', 'S-4'))
      await catalog.countSales(db, [
        { sku: 'S-1', quantity: 99 },
        { sku: 'S-3', quantity: 2 },
      ])
      for (const limit of [1, 2, 100])
        expect(await walk({ q: '찻잔', limit })).toEqual(['찻잔 둘', '찻잔 셋', '찻잔 하나', '잔 받침'])
      expect(await walk({ q: '찻잔', sort: 'name', limit: 1 })).toEqual(['잔 받침', '찻잔 둘', '찻잔 셋', '찻잔 하나'])
    })

    test('a search is narrowed by category, price and stock', async () => {
      const { db, catalog, add, names } = shop()
      const { id } = await catalog.addCategory(db, sampleCategory())
      await add(simpleProduct('찻잔 하나', 'A', { categoryIds: [id] }))
      await add(simpleProduct('찻잔 둘', 'B', { categoryIds: [id] }))
      await add(simpleProduct('찻잔 셋', 'C'))
      await catalog.feedPrices(db, [price('A', 100), price('B', 200), price('C', 100)])
      await catalog.feedStock(db, [{ sku: 'A', available: 1 }])
      expect(await names({ q: '찻잔', category: id })).toEqual(['찻잔 둘', '찻잔 하나'])
      expect(await names({ q: '찻잔', currency: 'KRW', priceMax: 150 })).toEqual(['찻잔 셋', '찻잔 하나'])
      expect(await names({ q: '찻잔', category: id, inStock: true, sort: 'price_desc', currency: 'KRW' })).toEqual([
        '찻잔 하나',
      ])
    })

    test('a product that was renamed is found by its new name only', async () => {
      const { db, catalog, add, names } = shop()
      const { id, version } = await add(simpleProduct('찻잔', 'A'))
      await catalog.updateProduct(db, id, { version, name: { ko: '머그' } })
      expect([await names({ q: '찻잔' }), await names({ q: '머그' })]).toEqual([[], ['머그']])
    })

    test.each([
      ['currency', { sort: 'price_asc' }],
      ['currency', { priceMin: 5 }],
      ['sort', { sort: 'cheapest' }],
      ['limit', { limit: 101 }],
      ['locale', { locale: "ko' or 1=1" }],
      ['page', { page: 2 }],
    ])('a list with a wrong %s is refused by name', async (field, query) => {
      const { db, catalog } = shop()
      await expect(catalog.list(db, { locale: 'ko', ...query } as ListQuery)).rejects.toMatchObject({
        code: 'core.invalid_input',
        details: { issues: [expect.objectContaining({ field })] },
      })
    })

    test('a cursor of somewhere else is refused', async () => {
      const { db, catalog } = shop()
      await expect(catalog.list(db, { locale: 'ko', after: 'abc' })).rejects.toMatchObject({
        code: 'core.invalid_cursor',
      })
    })
  })
})
