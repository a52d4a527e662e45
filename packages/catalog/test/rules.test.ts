import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  ancestorsOf,
  canMove,
  canMoveBelow,
  choiceText,
  descendantsOf,
  freeSlug,
  initialsOf,
  jamo,
  missingChoices,
  placed,
  Product,
  ProductCard,
  ProductInput,
  priceRanges,
  ratingScore,
  searchWords,
  Slug,
  slugify,
  sortName,
  tokensOf,
  treeOf,
  variantMatrix,
  Category,
  Variant,
} from '@sangdo/catalog'
import { sampleProduct } from '@sangdo/catalog/testing'
import { z } from 'zod'

const syllable = fc.integer({ min: 0xac00, max: 0xd7a3 }).map((code) => String.fromCodePoint(code))
const hangulWord = fc.string({ unit: syllable, minLength: 1, maxLength: 8 })
const options = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }).map((sizes) =>
  sizes.map((size, option) => ({
    code: `o${option}`,
    name: { en: `Option ${option}` },
    values: Array.from({ length: size }, (_, value) => ({
      code: `v${value}`,
      name: { en: `Value ${value}` },
      swatch: null,
    })),
  })),
)

describe('variants', () => {
  test('offer every choice of the options once', () => {
    expect(
      variantMatrix([
        {
          code: 'colour',
          values: [
            { code: 'red', name: { en: 'Red' }, swatch: null },
            { code: 'blue', name: { en: 'Blue' }, swatch: null },
          ],
        },
        { code: 'size', values: [{ code: 's', name: { en: 'S' }, swatch: null }] },
      ]),
    ).toEqual([
      { colour: 'red', size: 's' },
      { colour: 'blue', size: 's' },
    ])
    expect(variantMatrix([])).toEqual([{}])
  })

  test('of any options are as many as the sizes multiplied, all different, none missing', () => {
    fc.assert(
      fc.property(options, (given) => {
        const choices = variantMatrix(given)
        expect(choices).toHaveLength(given.reduce((count, option) => count * option.values.length, 1))
        expect(new Set(choices.map((choice) => JSON.stringify(choice))).size).toBe(choices.length)
        const some = choices.filter((_, index) => index % 2 === 0).map((choice) => ({ options: choice }))
        expect(missingChoices(given, some)).toEqual(choices.filter((_, index) => index % 2 === 1))
      }),
    )
  })

  test('are described in every language, and in another where a translation is missing', () => {
    const given = [
      {
        code: 'colour',
        name: { en: 'Colour' },
        values: [{ code: 'red', name: { ko: '빨강', en: 'Red' }, swatch: null }],
      },
      { code: 'size', name: { en: 'Size' }, values: [{ code: 'l', name: { en: 'L' }, swatch: null }] },
    ]
    expect(choiceText(given, { colour: 'red', size: 'l' })).toEqual({ ko: '빨강 / L', en: 'Red / L' })
  })

  test.each([
    ['variants.0.options', { variants: [{ sku: 'A' }] }],
    ['variants.0.options', { variants: [{ sku: 'A', options: { colour: 'pink' } }] }],
    ['variants.0.options', { variants: [{ sku: 'A', options: { colour: 'white', size: 'l' } }] }],
    [
      'variants.1.sku',
      {
        variants: [
          { sku: 'A', options: { colour: 'white' } },
          { sku: 'A', options: { colour: 'celadon' } },
        ],
      },
    ],
    [
      'variants.1.options',
      {
        variants: [
          { sku: 'A', options: { colour: 'white' } },
          { sku: 'B', options: { colour: 'white' } },
        ],
      },
    ],
    ['variants.0.image', { variants: [{ sku: 'A', options: { colour: 'white' }, image: '/other.avif' }] }],
    ['media.0.alt.ko', { media: [{ url: '/cup.avif', alt: { en: 'A cup' } }], variants: [] }],
    ['media.0.url', { media: [{ url: 'javascript:alert(1)', alt: { ko: '잔', en: 'Cup' } }] }],
    ['media.0.url', { media: [{ url: '//elsewhere.example/cup.png', alt: { ko: '잔', en: 'Cup' } }] }],
    ['name', { name: {} }],
    ['name.ko', { name: { ko: ' \u200b ' } }],
    ['name.ko', { name: { ko: 'a\0b' } }],
    ['name.ko', { name: { ko: '\ud800' } }],
    ['slugs.ko', { slugs: { ko: 'a/b' } }],
  ])('a product with a wrong %s is refused by name', (field, wrong) => {
    const { error } = ProductInput.safeParse(sampleProduct(wrong))
    expect(error?.issues.map((issue) => issue.path.join('.'))).toContain(field)
  })

  test('names are stored composed, trimmed, and without characters that turn their direction', () => {
    const parsed = ProductInput.parse(sampleProduct({ name: { ko: ' 찻잔'.normalize('NFD'), en: 'Tea\u202e cup' } }))
    expect(parsed.name).toEqual({ ko: '찻잔', en: 'Tea cup' })
  })
})

describe('statuses', () => {
  test.each([
    ['draft', 'active', true],
    ['draft', 'archived', true],
    ['active', 'archived', true],
    ['archived', 'active', true],
    ['active', 'draft', false],
    ['archived', 'draft', false],
  ] as const)('from %s to %s: %s', (from, to, allowed) => {
    expect(canMove(from, to)).toBe(allowed)
  })
})

describe('the tree', () => {
  const places = [
    { id: 'a', parentId: null },
    { id: 'b', parentId: 'a' },
    { id: 'c', parentId: 'b' },
    { id: 'd', parentId: null },
  ]
  const trees = fc.array(fc.nat(), { maxLength: 12 }).map((picks) =>
    picks.map((pick, index) => ({
      id: `n${index}`,
      parentId: pick % (index + 1) === index ? null : `n${pick % (index + 1)}`,
    })),
  )

  test('knows what is above and what is below', () => {
    expect(ancestorsOf(places, 'c')).toEqual(['a', 'b'])
    expect(descendantsOf(places, 'a')).toEqual(['a', 'b', 'c'])
  })

  test('refuses a place below itself', () => {
    expect(['a', 'b', 'c', 'd', null].map((parentId) => canMoveBelow(places, 'b', parentId))).toEqual([
      true,
      false,
      false,
      true,
      true,
    ])
  })

  test('stays a tree whatever is moved where the rule allows', () => {
    fc.assert(
      fc.property(trees, fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 20 }), (start, moves) => {
        let nodes = start
        for (const [from, to] of moves) {
          const [id, parentId] = [`n${from}`, `n${to}`]
          if (canMoveBelow(nodes, id, parentId) && nodes.some((node) => node.id === parentId)) {
            nodes = nodes.map((node) => (node.id === id ? { ...node, parentId } : node))
          }
        }
        const count = (branch: readonly { children: readonly unknown[] }[]): number =>
          branch.reduce((sum, node) => sum + 1 + count(node.children as typeof branch), 0)
        expect(count(treeOf(nodes))).toBe(nodes.length)
        for (const { id } of nodes)
          expect(
            descendantsOf(nodes, id).every((below) => below === id || ancestorsOf(nodes, below).includes(id)),
          ).toBe(true)
      }),
    )
  })

  test('puts a category before the sibling at its position, or last', () => {
    expect(placed(['a', 'b', 'c'], 'c', 0)).toEqual(['c', 'a', 'b'])
    expect(placed(['a', 'b'], 'x', undefined)).toEqual(['a', 'b', 'x'])
  })
})

describe('slugs', () => {
  test.each([
    ['백자 찻잔 (대)', '백자-찻잔-대'],
    ['White Porcelain Cup', 'white-porcelain-cup'],
    ["Sorcerer's Stone (Harry Potter, #1)", 'sorcerers-stone-harry-potter-1'],
    ['Café Crème', 'cafe-creme'],
    ['찻잔'.normalize('NFD'), '찻잔'],
    ['!!!', ''],
  ])('%s becomes %s', (name, slug) => {
    expect(slugify(name)).toBe(slug)
  })

  test('of any name are slugs, and the slug of a slug is itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (name) => {
        const slug = slugify(name)
        expect(slug === '' || Slug.safeParse(slug).success).toBe(true)
        expect(slugify(slug)).toBe(slug)
      }),
    )
  })

  test('count up where they are taken', () => {
    const taken = new Set(['cup', 'cup-2'])
    expect(freeSlug('cup', (slug) => taken.has(slug))).toBe('cup-3')
    expect(freeSlug('mug', (slug) => taken.has(slug))).toBe('mug')
  })
})

describe('Hangul', () => {
  test.each([
    ['셔츠', 'ㅅㅕㅊㅡ'],
    ['닭', 'ㄷㅏㄹㄱ'],
    ['과', 'ㄱㅗㅏ'],
    ['셔ㅊ', 'ㅅㅕㅊ'],
    ['셫', 'ㅅㅕㅊ'],
    ['ㄳ', 'ㄱㅅ'],
    ['ㅘ', 'ㅗㅏ'],
    ['abc', 'abc'],
  ])('%s is typed %s', (text, keys) => {
    expect(jamo(text)).toBe(keys)
  })

  test('spells the same as the Unicode decomposition, and a beginning is the beginning of the whole', () => {
    const [initial, vowel] = ['가나다라마바사아자차카타파하', '가야어여오요우유으이']
    expect([...initial].map((char) => jamo(char).charAt(0)).join('')).toBe('ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ')
    expect([...vowel].map((char) => jamo(char).slice(1)).join('')).toBe('ㅏㅑㅓㅕㅗㅛㅜㅠㅡㅣ')
    fc.assert(
      fc.property(hangulWord, hangulWord, (left, right) => {
        expect(jamo(left + right)).toBe(jamo(left) + jamo(right))
        expect(jamo(left)).toMatch(/^[ㄱ-ㅎㅏ-ㅣ]{2,}$/)
        expect(initialsOf(left)).toHaveLength(left.length)
      }),
    )
  })

  test('two syllables that differ are typed differently', () => {
    const keys = Array.from({ length: 0xd7a3 - 0xac00 + 1 }, (_, index) => jamo(String.fromCodePoint(0xac00 + index)))
    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe('search words', () => {
  const finds = (name: string, query: string) => {
    const tokens = [...tokensOf([name], []).keys()]
    return searchWords(query).every((word) => tokens.some((token) => token.startsWith(word)))
  }

  test.each([
    ['오가닉 코튼 셔츠', '셔츠', true],
    ['오가닉 코튼 셔츠', '셔ㅊ', true],
    ['오가닉 코튼 셔츠', '셫', true],
    ['오가닉 코튼 셔츠', 'ㅅㅊ', true],
    ['오가닉 코튼 셔츠', 'ㅇㄱㄴㅋㅌㅅㅊ', true],
    ['오가닉 코튼 셔츠', '코튼셔츠', true],
    ['오가닉 코튼 셔츠', '셔츠 코튼', true],
    ['오가닉 코튼 셔츠', '바지', false],
    ['린넨셔츠', '셔츠', true],
    ['겨울 코트', '울', true],
    ['Linen Shirt', 'shirt', true],
    ['Linen Shirt', 'SHI lin', true],
    ['Raincoat', 'coat', true],
    ['Raincoat', 'at', false],
    ['Café', 'cafe', true],
    ['XL셔츠', '셔츠', true],
    ['NARUTO -ナルト- 巻ノ四十三', 'ルト', true],
    ['the moon', 'them', false],
  ])('%s is found by %s: %s', (name, query, found) => {
    expect(finds(name, query)).toBe(found)
  })

  test('every part of a Hangul name finds it, however far it is typed', () => {
    fc.assert(
      fc.property(fc.array(hangulWord, { minLength: 1, maxLength: 3 }), fc.nat(), fc.nat(), (words, from, size) => {
        const name = words.join(' ')
        const start = from % name.length
        expect(finds(name, name.slice(start, start + 1 + (size % 5)))).toBe(true)
      }),
    )
  })

  test('a word of the name counts more than one inside it, and that more than one elsewhere', () => {
    const tokens = tokensOf(['Raincoat Coat'], ['coat rack'])
    expect([tokens.get('coat'), tokens.get('incoat'), tokens.get('rack')]).toEqual([0, 1, 16])
  })
})

describe('lists', () => {
  test('one enthusiast does not outrank a hundred', () => {
    expect(ratingScore(500, 1)).toBeLessThan(ratingScore(470, 100))
    expect(ratingScore(0, 0)).toBe(0)
  })

  test('show the lowest price, and what that variant cost before', () => {
    const offer = (minor: number, compareAtMinor: number | null, currency = 'KRW') => ({
      productId: 'prd_1' as const,
      currency,
      minor,
      compareAtMinor,
    })
    expect(priceRanges([offer(900, 1000), offer(700, 650), offer(12, null, 'EUR')])).toEqual([
      { ...offer(12, null, 'EUR'), maxMinor: 12 },
      { ...offer(700, null), maxMinor: 900 },
    ])
  })

  test('sort names by their letters', () => {
    expect(sortName(' «Éclair»')).toBe('eclair»')
  })
})

test('products, cards, categories and variants can be described to others', () => {
  expect([Product, ProductCard, Category, Variant].map((schema) => schema.meta()?.id)).toEqual([
    'Product',
    'ProductCard',
    'Category',
    'Variant',
  ])
  for (const schema of [Product, ProductCard, Category, Variant])
    expect(() => z.toJSONSchema(schema, { unrepresentable: 'throw' })).not.toThrow()
})
