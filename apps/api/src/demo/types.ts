/** One text in the two languages of the demo shop. */
export interface Text {
  readonly ko: string
  readonly en: string
}

/** The two languages of the demo shop. */
export type DemoLocale = keyof Text

/** An amount in minor units per currency: won for KRW, cents for USD. */
export interface Prices {
  readonly KRW: number
  readonly USD: number
}

/** A colour written as #rrggbb. */
export type Hex = `#${string}`

/** The wall and table an object stands on, named after the brand's colours. */
export type PaperName =
  | 'hanji'
  | 'celadon'
  | 'persimmon'
  | 'indigo'
  | 'quince'
  | 'mugwort'
  | 'bean'
  | 'ink'
  | 'porcelain'

/** The surfaces an object can carry: glazes, weaves and prints. */
export type PatternName =
  | 'speckle'
  | 'crackle'
  | 'brush'
  | 'stripe'
  | 'pinstripe'
  | 'check'
  | 'waffle'
  | 'quilt'
  | 'weave'
  | 'dots'
  | 'wave'
  | 'grid'
  | 'jogakbo'
  | 'grain'
  | 'petal'
  | 'terry'

/** The objects the illustrator can draw. */
export type ShapeName =
  | 'mug'
  | 'cup'
  | 'glass'
  | 'bowl'
  | 'noodleBowl'
  | 'plate'
  | 'plateStack'
  | 'dish'
  | 'teapot'
  | 'moonJar'
  | 'pitcher'
  | 'soban'
  | 'clothStack'
  | 'hangingCloth'
  | 'wrapCloth'
  | 'mitt'
  | 'towelStack'
  | 'towelRoll'
  | 'washMitt'
  | 'tin'
  | 'pouch'
  | 'jar'
  | 'bottle'
  | 'sack'
  | 'giftBox'
  | 'noodles'
  | 'notebook'
  | 'memoBlock'
  | 'pencilCup'
  | 'penTray'
  | 'pencils'
  | 'letters'
  | 'soap'
  | 'candle'
  | 'incense'
  | 'incenseBox'
  | 'diffuser'
  | 'brush'
  | 'basket'
  | 'cushion'
  | 'blanket'
  | 'lamp'
  | 'broom'
  | 'stool'
  | 'apron'
  | 'tote'
  | 'slippers'
  | 'vest'

/** What the illustrator needs to draw one product. */
export interface ArtSpec {
  readonly shape: ShapeName
  /** The main colour; a colour option's swatch takes its place. */
  readonly body: Hex
  /** The second colour: a glaze dip, a lid, a thread. */
  readonly accent: Hex
  readonly paper: PaperName
  readonly pattern?: PatternName
  /** Width and height factors, for a taller or wider cut of the same shape. */
  readonly stretch?: readonly [number, number]
}

/** The three pictures every product has. */
export type ArtView = 'front' | 'detail' | 'room'

/** The four illustrations for pages with nothing on them. */
export type EmptyKind = 'cart' | 'search' | 'orders' | 'notfound'

/** One line of the product facts the Korean notice rules ask for. */
export interface DemoFact {
  readonly label: Text
  readonly value: Text
}

/** One value of an option, with a swatch where the value is a colour. */
export interface DemoOptionValue extends Text {
  readonly swatch?: Hex
}

/** A choice the customer makes, such as colour or size. */
export interface DemoOption {
  readonly name: Text
  readonly values: readonly DemoOptionValue[]
}

/** One thing that can be put in the cart; `options` holds one value index for each option of the product. */
export interface DemoVariant {
  readonly sku: string
  readonly barcode?: string
  readonly options: readonly number[]
  readonly weightGrams: number
  readonly prices: Prices
  readonly compareAt?: Prices
  readonly stock: number
}

/** A customer's review in the language it was written in. */
export interface DemoReview {
  readonly author: string
  readonly stars: 1 | 2 | 3 | 4 | 5
  readonly title?: string
  readonly text: string
  readonly locale: DemoLocale
  readonly daysAgo: number
}

/** A product of the demo shop with its text, choices, stock, picture and reviews. */
export interface DemoProduct {
  readonly handle: string
  readonly name: Text
  readonly slug: Text
  readonly summary: Text
  /** Two to four paragraphs, separated by a blank line. */
  readonly description: Text
  readonly details: readonly DemoFact[]
  /** The handle of the category it is filed under. */
  readonly category: string
  readonly brandLine?: Text
  readonly options: readonly DemoOption[]
  readonly variants: readonly DemoVariant[]
  readonly art: ArtSpec
  readonly tags: readonly string[]
  readonly createdDaysAgo: number
  readonly reviews: readonly DemoReview[]
}

/** A shelf of the shop; `parent` is the handle of the shelf above it. */
export interface DemoCategory {
  readonly handle: string
  readonly slug: Text
  readonly name: Text
  readonly description: Text
  readonly parent?: string
  /** The still life on the category tile, drawn left to right. */
  readonly art: { readonly paper: PaperName; readonly pieces: readonly ArtSpec[] }
}

/** One heading with its paragraphs. */
export interface PolicySection {
  readonly heading: string
  readonly paragraphs: readonly string[]
}

/** A page of running text, written separately in each language. */
export interface DemoPage {
  readonly handle: string
  readonly slug: Text
  readonly title: Text
  readonly ko: readonly PolicySection[]
  readonly en: readonly PolicySection[]
}

/** A promotion that runs by itself on the products of some categories. */
export interface DemoPromotion {
  readonly handle: string
  readonly name: Text
  readonly description: Text
  readonly percentOff: number
  readonly categories: readonly string[]
  readonly startedDaysAgo: number
  readonly endsInDays: number
}

/** A coupon the customer types in. */
export interface DemoCoupon {
  readonly code: string
  readonly name: Text
  readonly description: Text
  readonly amountOff: Prices
  readonly minimumSubtotal: Prices
  readonly usesPerCustomer: number
  readonly endsInDays: number
}
