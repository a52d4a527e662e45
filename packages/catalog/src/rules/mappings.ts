import type { Column, ProductMapping, TranslationMapping } from '../contract/index.ts'
import { ean13Of } from './barcode.ts'
import { htmlToText } from './html.ts'

const read = (column: string, of: (cell: string, row: Readonly<Record<string, string>>) => string): Column => ({
  column,
  read: of,
})

// A product without options has one option in the file all the same: Title, with the value Default Title.
const isNoOption = (row: Readonly<Record<string, string>>) => row['Option1 Value'] === 'Default Title'

/** The product file of Shopify: a row for each variant and picture; only the first row of a product says what it is. */
export const shopifyMapping: ProductMapping = {
  handle: 'Handle',
  name: 'Title',
  description: read('Body (HTML)', htmlToText),
  brandLine: 'Vendor',
  tags: 'Tags',
  status: read('Status', (status, row) => (/^false$/i.test(row['Published'] ?? '') ? 'draft' : status)),
  category: 'Type',
  sku: 'Variant SKU',
  barcode: 'Variant Barcode',
  weightGrams: 'Variant Grams',
  price: 'Variant Price',
  compareAt: 'Variant Compare At Price',
  stock: 'Variant Inventory Qty',
  image: 'Image Src',
  imageAlt: 'Image Alt Text',
  variantImage: 'Variant Image',
  options: [1, 2, 3].map((number) => ({
    name: read(`Option${number} Name`, (name, row) => (isNoOption(row) ? '' : name)),
    value: read(`Option${number} Value`, (value, row) => (isNoOption(row) ? '' : value)),
  })),
}

const grams: Record<string, number> = { g: 1, kg: 1000, lb: 453.59237, oz: 28.349523125 }

/** The product file of Spree: a row for the product, one for each variant, and further rows for prices in other currencies. */
export const spreeMapping: ProductMapping = {
  handle: 'slug',
  name: 'name',
  description: read('description', htmlToText),
  tags: 'tags',
  status: 'status',
  taxClass: read('tax_category', (name) => (/^default$/i.test(name) ? 'standard' : name)),
  category: 'category1',
  sku: 'sku',
  weightGrams: read('weight', (weight, row) =>
    weight === '' ? '' : String(Math.round(Number(weight) * (grams[row['weight_unit'] ?? 'g'] ?? Number.NaN))),
  ),
  price: 'price',
  compareAt: 'compare_at_price',
  currency: 'currency',
  stock: 'inventory_count',
  image: 'image1_src',
  variantImage: read('image1_src', (url, row) => (row['name'] === '' ? url : '')),
  options: [1, 2, 3].map((number) => ({ name: `option${number}_name`, value: `option${number}_value` })),
  details: [
    'wattage',
    'voltage',
    'warranty',
    'capacity',
    'runtime',
    'room_coverage',
    'noise_level',
    'connectivity',
  ].map((name) => ({
    label: name.replace('_', ' ').replace(/^./, (letter) => letter.toUpperCase()),
    value: `custom_field.custom.${name}`,
  })),
}

/** The translations file of Spree. */
export const spreeTranslations: TranslationMapping = {
  handle: 'slug',
  locale: 'locale',
  name: 'name',
  description: read('description', htmlToText),
}

/** An example of a mapping of your own: the book list of goodbooks-10k, one row for each book, without prices and stock. */
export const bookMapping: ProductMapping = {
  handle: read('book_id', (id) => (id === '' ? '' : `book-${id}`)),
  name: 'title',
  summary: 'authors',
  tags: read('language_code', (code) => (code === '' ? '' : `language ${code}`)),
  sku: read('book_id', (id) => `BOOK-${id}`),
  barcode: read('isbn', ean13Of),
  image: 'image_url',
  details: [
    { label: 'Authors', value: 'authors' },
    { label: 'First published', value: read('original_publication_year', (year) => year.replace(/\.0$/, '')) },
    { label: 'Original title', value: 'original_title' },
  ],
}
