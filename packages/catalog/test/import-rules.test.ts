import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bookMapping, defused, ean13Of, errorFile, htmlToText, restored } from '@sangdo/catalog'

describe('the text of HTML', () => {
  test.each([
    ['<p>One</p><p>Two<br>lines</p>', 'One\n\nTwo\nlines'],
    ['<ul><li>A</li><li>B &amp; C</li></ul>', '• A\n• B & C'],
    ['Plain\n\ntext &lt;3', 'Plain\n\ntext <3'],
    ['<style>p{}</style><SCRIPT type=x>alert("<p>")</SCRIPT>Safe', 'Safe'],
    ['<!-- <p>no</p> --><b>bold</b> 1 < 2', 'bold 1 < 2'],
    ['<p>  much \n space&nbsp;here </p>', 'much space here'],
    ['&#44032;&#x1F375;&#0;&#xD800;&bogus;', '가🍵&bogus;'],
    ['<img src=x onerror=alert(1)>Cup<p', 'Cup<p'],
    ['<script>never closed', ''],
    ['찻잔'.normalize('NFD'), '찻잔'],
  ])('%j reads %j', (html, text) => {
    expect(htmlToText(html)).toBe(text)
  })

  test('holds nothing of a script or an attribute, however it is nested', () => {
    const tag = fc.constantFrom('p', 'div', 'li', 'b', 'td', 'SCRIPT', 'style')
    const html = fc.letrec<{ node: string }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom('text', ' ', '&amp;'),
        fc
          .tuple(tag, fc.array(tie('node'), { maxLength: 3 }))
          .map(
            ([name, inner]) =>
              `<${name} data-x="secret">${/script|style/i.test(name) ? 'secret' : inner.join('')}</${name}>`,
          ),
      ),
    })).node
    fc.assert(
      fc.property(html, (given) => {
        expect(htmlToText(given)).not.toMatch(/secret|<|>|\n{3}| {2}|^\s|\s$/)
      }),
    )
  })
})

describe('cells', () => {
  test.each(['=1+1', '+82', '-5', '@x', '\t=1', '＝1'])('%j is no formula in a spreadsheet any more', (cell) => {
    expect(defused(cell)).toBe(`'${cell}`)
    expect(restored(defused(cell))).toBe(cell)
  })

  test('are read the same whether they were defused or not, and are defused once', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^['=+\-@ab]{0,4}$/), (cell) => {
        expect(restored(defused(cell))).toBe(restored(cell))
        expect(defused(defused(cell))).toBe(defused(cell))
      }),
    )
  })

  test('come back from the error file as they were', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', "'", '=', '가', ' ') })
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
        const errors = rows.map(([a, b], index) => ({
          row: index + 2,
          column: 'a',
          reason: 'no, "really"',
          cells: [a, b],
        }))
        const [header, ...lines] = parse([...errorFile({ columns: ['a', 'b'], errors })].join(''), {
          bom: true,
          record_delimiter: '\r\n',
        })
        expect(header).toEqual(['a', 'b', 'row', 'column', 'reason'])
        expect(lines).toEqual(
          errors.map(({ row, column, reason, cells }) => [...cells.map(defused), String(row), column, reason]),
        )
      }),
    )
  })

  test('a refused row that is refused again has its reason once', () => {
    const again = errorFile({
      columns: ['a', 'row', 'column', 'reason'],
      errors: [{ row: 2, column: null, reason: 'new', cells: ['x', '9', 'b', 'old'] }],
    })
    expect([...again].join('')).toBe('\ufeffa,row,column,reason\r\nx,2,,new\r\n')
  })
})

describe('barcodes', () => {
  test.each([
    ['0-439-02348-3', '9780439023481'],
    ['439023483', '9780439023481'],
    ['080442957X', '9780804429573'],
    ['9780439023481', '9780439023481'],
    ['439023484', ''],
    ['9780439023482', ''],
    ['', ''],
    ['12', ''],
  ])('the ISBN %j is the EAN %j', (isbn, ean) => {
    expect(ean13Of(isbn)).toBe(ean)
  })

  test('the weighted digits of an EAN add up to a multiple of ten', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{9}$/), (nine) => {
        const sum = [...nine].reduce((total, digit, index) => total + Number(digit) * (10 - index), 0)
        const check = (11 - (sum % 11)) % 11
        const ean = ean13Of(nine + (check === 10 ? 'X' : check))
        expect(ean).toMatch(/^978\d{10}$/)
        expect([...ean].reduce((total, digit, index) => total + Number(digit) * (index % 2 ? 3 : 1), 0) % 10).toBe(0)
      }),
    )
  })
})

test('a mapping names its columns, also where it makes something of them', () => {
  expect(bookMapping.barcode).toMatchObject({ column: 'isbn', read: ean13Of })
})
