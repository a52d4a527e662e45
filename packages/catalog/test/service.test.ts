import { describe, expect, test } from 'vitest'
import { atomic, openDb } from '@sangdo/core/server'
import { describeDatabases, recorder, stillClock } from '@sangdo/core/testing'
import { ancestorsOf } from '@sangdo/catalog'
import { catalogMigrations, createCatalog } from '@sangdo/catalog/server'
import { sampleCategory, sampleProduct, simpleProduct } from '@sangdo/catalog/testing'

const refused = (code: string, details: object = {}) => ({
  code: `catalog.${code}`,
  details: expect.objectContaining(details),
})

describe('the catalog', () => {
  describeDatabases([catalogMigrations], (database) => {
    const shop = () => {
      const { db } = database()
      const clock = stillClock()
      const outbox = recorder()
      const catalog = createCatalog({ outbox, now: clock.now })
      const says = () => outbox.events.map((event) => event.name)
      return { db, clock, outbox, catalog, says }
    }

    test('a product is read as it was entered, with slugs in each language of its name', async () => {
      const { db, catalog } = shop()
      const details = [{ label: { ko: '제조국', en: 'Made in' }, value: { ko: '대한민국', en: 'Korea' } }]
      const product = await catalog.createProduct(db, sampleProduct({ details, tags: ['차'], brandLine: '달' }))
      expect(await catalog.productOf(db, product.id)).toEqual(product)
      expect(product).toMatchObject({
        version: 1,
        status: 'active',
        taxClass: 'standard',
        details,
        tags: ['차'],
        brandLine: '달',
        slugs: { ko: '백자-찻잔', en: 'white-porcelain-tea-cup' },
        variants: [{ sku: 'CUP-WHITE', options: { colour: 'white' }, image: null }, { sku: 'CUP-CELADON' }],
      })
    })

    test('products of the same name get different slugs, but a slug that was asked for is refused', async () => {
      const { db, catalog } = shop()
      await catalog.createProduct(db, simpleProduct('찻잔', 'A'))
      expect((await catalog.createProduct(db, simpleProduct('찻잔', 'B'))).slugs).toEqual({ ko: '찻잔-2' })
      await expect(
        catalog.createProduct(db, simpleProduct('컵', 'C', { slugs: { ko: '찻잔' } })),
      ).rejects.toMatchObject(refused('slug_taken', { locale: 'ko', slug: '찻잔' }))
      expect(await catalog.variantsOf(db, ['C'])).toEqual({})
    })

    test('a product is found by its slug, by one of before, and by one of another language', async () => {
      const { db, catalog } = shop()
      const { id, version } = await catalog.createProduct(db, sampleProduct())
      await catalog.updateProduct(db, id, { version, slugs: { ko: '흰-찻잔', en: 'white-cup' } })
      const found = async (locale: string, slug: string) => (await catalog.productBySlug(db, { locale, slug }))?.slugs
      const slugs = { ko: '흰-찻잔', en: 'white-cup' }
      expect([await found('ko', '흰-찻잔'), await found('ko', '백자-찻잔'), await found('en', '흰-찻잔')]).toEqual([
        slugs,
        slugs,
        slugs,
      ])
      expect(await found('ko', '흰-찻잔'.normalize('NFD'))).toEqual(slugs)
      expect(await found('ko', '없는-잔')).toBeUndefined()
    })

    test('a slug that its product gave up may be taken by another', async () => {
      const { db, catalog } = shop()
      const first = await catalog.createProduct(db, simpleProduct('찻잔', 'A'))
      await catalog.updateProduct(db, first.id, { version: 1, slugs: { ko: '옛-찻잔' } })
      const second = await catalog.createProduct(db, simpleProduct('찻잔', 'B'))
      expect((await catalog.productBySlug(db, { locale: 'ko', slug: '찻잔' }))?.id).toBe(second.id)
    })

    test('a sku belongs to one product only', async () => {
      const { db, catalog } = shop()
      await catalog.createProduct(db, simpleProduct('찻잔', 'A'))
      await expect(catalog.createProduct(db, simpleProduct('접시', 'A'))).rejects.toMatchObject(
        refused('sku_taken', { sku: 'A' }),
      )
      expect((await catalog.list(db, { locale: 'ko' })).items).toHaveLength(1)
    })

    test('a change keeps what it does not name, and the ids of what stays', async () => {
      const { db, catalog, says } = shop()
      const before = await catalog.createProduct(db, sampleProduct())
      const after = await catalog.updateProduct(db, before.id, {
        version: 1,
        name: { ko: '큰 찻잔', en: 'Large cup' },
        variants: [
          { sku: 'CUP-CELADON', options: { colour: 'celadon' } },
          { sku: 'CUP-SNOW', options: { colour: 'white' } },
        ],
      })
      expect(after).toMatchObject({ version: 2, summary: before.summary, slugs: before.slugs, name: { ko: '큰 찻잔' } })
      expect(after.variants[0]?.id).toBe(before.variants[1]?.id)
      expect(Object.keys(await catalog.variantsOf(db, ['CUP-WHITE', 'CUP-CELADON', 'CUP-SNOW'])).sort()).toEqual([
        'CUP-CELADON',
        'CUP-SNOW',
      ])
      expect(await catalog.productOf(db, before.id)).toEqual(after)
      expect(says()).toEqual(['catalog.product_published', 'catalog.product_changed'])
    })

    test('a change that changes nothing is none', async () => {
      const { db, catalog, says } = shop()
      const before = await catalog.createProduct(db, sampleProduct())
      expect(await catalog.updateProduct(db, before.id, { version: 1, name: before.name })).toEqual(before)
      expect(says()).toEqual(['catalog.product_published'])
    })

    test('of two who change the same version the second is told', async () => {
      const { db, catalog } = shop()
      const { id } = await catalog.createProduct(db, sampleProduct())
      await catalog.updateProduct(db, id, { version: 1, brandLine: '달' })
      await expect(catalog.updateProduct(db, id, { version: 1, brandLine: '해' })).rejects.toMatchObject(
        refused('version_conflict', { version: 1, current: 2 }),
      )
      expect((await catalog.productOf(db, id)).brandLine).toBe('달')
    })

    test.each([
      ['price', { version: 1, price: 5 }],
      ['variants.0.sku', { version: 1, variants: [{ sku: '' }] }],
      ['version', {}],
    ])('a change with a wrong %s is refused by name', async (field, change) => {
      const { db, catalog } = shop()
      const { id } = await catalog.createProduct(db, simpleProduct('찻잔', 'A'))
      await expect(catalog.updateProduct(db, id, change as { version: number })).rejects.toMatchObject({
        code: 'core.invalid_input',
        details: { issues: [expect.objectContaining({ field })] },
      })
    })

    test('a draft goes on sale, off and on again, and says so each time', async () => {
      const { db, catalog, clock, says } = shop()
      const { id, publishedAt } = await catalog.createProduct(db, sampleProduct({ status: 'draft' }))
      const listed = async () => (await catalog.list(db, { locale: 'ko' })).items.length
      expect([publishedAt, await listed()]).toEqual([null, 0])
      const published = await catalog.publish(db, id)
      expect(published.publishedAt).toBe(clock.now().toISOString())
      expect(await catalog.publish(db, id)).toEqual(published)
      expect(await listed()).toBe(1)
      await catalog.archive(db, id)
      expect([await listed(), (await catalog.variantsOf(db, ['CUP-WHITE']))['CUP-WHITE']?.sellable]).toEqual([0, false])
      clock.advance(1000)
      expect((await catalog.publish(db, id)).publishedAt).toBe(published.publishedAt)
      expect(says()).toEqual(['catalog.product_published', 'catalog.product_archived', 'catalog.product_published'])
    })

    test('what nobody could buy does not go on sale', async () => {
      const { db, catalog, says } = shop()
      const { id } = await catalog.createProduct(db, sampleProduct({ status: 'draft', variants: [] }))
      await expect(catalog.publish(db, id)).rejects.toMatchObject(refused('not_publishable', { productId: id }))
      expect([(await catalog.productOf(db, id)).status, says()]).toEqual(['draft', []])
    })

    test('a cart learns all it needs of its skus at once', async () => {
      const { db, catalog } = shop()
      const top = await catalog.addCategory(db, sampleCategory({ name: { ko: '그릇' } }))
      const below = await catalog.addCategory(db, sampleCategory({ parentId: top.id }))
      const product = await catalog.createProduct(db, sampleProduct({ categoryIds: [below.id] }))
      const facts = await catalog.variantsOf(db, ['CUP-CELADON', 'NONE', 'CUP-CELADON'])
      expect(facts).toEqual({
        'CUP-CELADON': {
          sku: 'CUP-CELADON',
          variantId: product.variants[1]?.id,
          productId: product.id,
          name: product.name,
          slugs: product.slugs,
          options: { ko: '청자색', en: 'Celadon' },
          image: { url: '/media/cup.avif', alt: { ko: '백자 찻잔', en: 'A white tea cup' } },
          barcode: null,
          weightGrams: 180,
          taxClass: 'standard',
          categoryIds: [top.id, below.id],
          sellable: true,
        },
      })
    })

    test('what does not exist is named', async () => {
      const { db, catalog } = shop()
      await expect(catalog.productOf(db, 'prd_0')).rejects.toMatchObject(
        refused('product_not_found', { productId: 'prd_0' }),
      )
      await expect(catalog.archive(db, 'prd_0')).rejects.toMatchObject(refused('product_not_found'))
      await expect(catalog.createProduct(db, sampleProduct({ categoryIds: ['cat_0'] }))).rejects.toMatchObject(
        refused('category_not_found', { categoryId: 'cat_0' }),
      )
      await expect(catalog.addCategory(db, sampleCategory({ parentId: 'cat_0' }))).rejects.toMatchObject(
        refused('category_not_found'),
      )
    })

    test('categories stand in a tree, in the order they were put', async () => {
      const { db, catalog } = shop()
      const add = (name: string, fields = {}) =>
        catalog.addCategory(db, sampleCategory({ name: { ko: name }, ...fields }))
      const [table] = [await add('식탁'), await add('거실'), await add('침실', { position: 0 })]
      await add('그릇', { parentId: table.id })
      const names = (nodes: Awaited<ReturnType<typeof catalog.categoryTree>>): unknown[] =>
        nodes.map((node) => [node.name['ko'], ...names(node.children)])
      expect(names(await catalog.categoryTree(db))).toEqual([['침실'], ['식탁', ['그릇']], ['거실']])
      const bowls = await catalog.categoryBySlug(db, { locale: 'ko', slug: '그릇' })
      expect(bowls?.parentId).toBe(table.id)
      const path = bowls ? await catalog.categoryPath(db, bowls.id) : []
      expect(path.map((category) => category.slugs['ko'])).toEqual(['식탁', '그릇'])
      expect(await catalog.categoryPath(db, 'cat_none')).toEqual([])
    })

    test('a category is changed and moved, but not below itself', async () => {
      const { db, catalog } = shop()
      const top = await catalog.addCategory(db, sampleCategory({ name: { ko: '그릇' } }))
      const below = await catalog.addCategory(db, sampleCategory({ parentId: top.id }))
      await expect(catalog.moveCategory(db, top.id, { parentId: below.id })).rejects.toMatchObject(
        refused('category_cycle', { categoryId: top.id }),
      )
      await expect(catalog.moveCategory(db, top.id, { parentId: top.id })).rejects.toMatchObject(
        refused('category_cycle'),
      )
      expect(await catalog.moveCategory(db, below.id, { parentId: null, position: 0 })).toMatchObject({
        parentId: null,
        position: 0,
        slugs: below.slugs,
      })
      const changed = await catalog.updateCategory(db, below.id, {
        name: { ko: '잔', en: 'Cups' },
        media: [{ url: '/cups.avif', alt: { ko: '잔' } }],
      })
      expect(changed).toMatchObject({
        name: { ko: '잔', en: 'Cups' },
        slugs: below.slugs,
        media: [{ url: '/cups.avif' }],
      })
      expect((await catalog.categories(db)).find((category) => category.id === below.id)).toEqual(changed)
    })

    test('a category goes only when none stands below it, and its products stay', async () => {
      const { db, catalog } = shop()
      const top = await catalog.addCategory(db, sampleCategory({ name: { ko: '그릇' } }))
      const below = await catalog.addCategory(db, sampleCategory({ parentId: top.id }))
      const { id } = await catalog.createProduct(db, sampleProduct({ categoryIds: [below.id] }))
      await expect(catalog.removeCategory(db, top.id)).rejects.toMatchObject(
        refused('category_not_empty', { children: 1 }),
      )
      await catalog.removeCategory(db, below.id)
      expect((await catalog.productOf(db, id)).categoryIds).toEqual([])
      expect(await catalog.categoryBySlug(db, { locale: 'ko', slug: '찻잔' })).toBeUndefined()
    })
  })

  describeDatabases(
    [catalogMigrations],
    (database) => {
      test('two who move two categories below each other at once do not make a circle', async () => {
        const { db, url = '' } = database()
        const other = await openDb(url)
        const catalog = createCatalog()
        for (let round = 0; round < 5; round++) {
          const [left, right] = [
            await catalog.addCategory(db, sampleCategory()),
            await catalog.addCategory(db, sampleCategory()),
          ]
          await Promise.allSettled([
            catalog.moveCategory(db, left.id, { parentId: right.id }),
            catalog.moveCategory(other, right.id, { parentId: left.id }),
          ])
        }
        const all = await catalog.categories(db)
        expect(all.filter((category) => category.parentId !== null)).toHaveLength(5)
        expect(all.every((category) => !ancestorsOf(all, category.id).includes(category.id))).toBe(true)
        await other.destroy()
      }, 30_000)

      test('of ten who add the same sku at once one succeeds', async () => {
        const { db, url = '' } = database()
        const other = await openDb(url)
        const catalog = createCatalog()
        const results = await Promise.allSettled(
          Array.from({ length: 10 }, (_, index) =>
            catalog.createProduct(index % 2 ? db : other, simpleProduct(`찻잔 ${index}`, 'A')),
          ),
        )
        await other.destroy()
        expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
        const codes = results.flatMap((result) =>
          result.status === 'rejected' ? [(result.reason as { code: string }).code] : [],
        )
        expect(new Set(codes)).toEqual(new Set(['catalog.sku_taken']))
        expect((await catalog.list(db, { locale: 'ko' })).items).toHaveLength(1)
      }, 30_000)

      test('prices and stock of two variants that two processes learn at once are both seen in lists', async () => {
        const { db, url = '' } = database()
        const other = await openDb(url)
        const catalog = createCatalog()
        await catalog.createProduct(db, sampleProduct())
        const [white, celadon] = ['CUP-WHITE', 'CUP-CELADON']
        for (let round = 1; round <= 20; round++) {
          const stock = round % 2
          const [low, high] = [1000 * round, 1000 * round + 500]
          await Promise.all([
            catalog.feedPrices(db, [{ sku: white, currency: 'KRW', minor: low }]),
            catalog.feedPrices(other, [{ sku: celadon, currency: 'KRW', minor: high }]),
            catalog.feedStock(db, [{ sku: white, available: stock }]),
            catalog.feedStock(other, [{ sku: celadon, available: stock }]),
            catalog.reindex(other),
          ])
          const { items } = await catalog.list(db, { locale: 'ko', currency: 'KRW' })
          expect(items).toMatchObject([{ fromPrice: { minor: low }, priceVaries: true, inStock: stock === 1 }])
        }
        await other.destroy()
      }, 30_000)

      test('what is written inside a transaction that fails was never there', async () => {
        const { db } = database()
        const catalog = createCatalog()
        await expect(
          atomic(db, async (tx) => {
            await catalog.createProduct(tx, simpleProduct('찻잔', 'A'))
            throw new Error('changed my mind')
          }),
        ).rejects.toThrow('changed my mind')
        expect((await catalog.list(db, { locale: 'ko', q: '찻잔', status: 'any' })).items).toEqual([])
      })
    },
    ['sqlite', 'postgres'],
  )
})
