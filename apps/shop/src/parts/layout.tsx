import { brand } from '@sangdo/api/demo'
import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { Shelf } from '../client.ts'
import type { ShopPlace, Visitor } from '../visitor.ts'
import { Footer } from './footer.tsx'
import { Header } from './header.tsx'

/** What a page says of itself to browsers and search engines. */
export interface PageHead {
  readonly title: string
  readonly description?: string
  /** The address of this page in each language, without the host; left out for pages that nobody should find by searching. */
  readonly addresses?: Addresses
  /** Structured data (schema.org), written as JSON. */
  readonly data?: readonly object[]
}

/** One page in the two languages. */
export type Addresses = Readonly<Record<'ko' | 'en', string>>

interface Framed {
  readonly head: PageHead
  readonly visitor: Visitor
  readonly place: ShopPlace
  readonly shelves: readonly Shelf[]
  readonly children: Child
}

/** The frame of every page: head, header, main, footer. */
export const Layout = ({ head, visitor, place, shelves, children }: Framed) => (
  <>
    {raw('<!doctype html>')}
    <html lang={visitor.locale}>
      <Head head={head} visitor={visitor} place={place} />
      <body class="flex min-h-dvh flex-col">
        <a
          href="#main"
          class="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-action focus:p-3 focus:text-on-action"
        >
          {visitor.text.skip}
        </a>
        <Header visitor={visitor} shelves={shelves} addresses={head.addresses} />
        <main id="main" class="flex-1">
          {children}
        </main>
        <Footer visitor={visitor} shelves={shelves} />
      </body>
    </html>
  </>
)

const Head = ({ head, visitor, place }: Pick<Framed, 'head' | 'visitor' | 'place'>) => {
  const name = brand.name[visitor.locale]
  const title = head.title === name ? `${name} · ${brand.tagline[visitor.locale]}` : `${head.title} · ${name}`
  const description = head.description ?? brand.description[visitor.locale]
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title}</title>
      <meta name="description" content={description} />
      <meta name="color-scheme" content="light dark" />
      <meta name="theme-color" content="#faf8f3" media="(prefers-color-scheme: light)" />
      <meta name="theme-color" content="#14171a" media="(prefers-color-scheme: dark)" />
      <link rel="icon" href="/art/mark/mark.svg" type="image/svg+xml" />
      <link rel="stylesheet" href={place.css} />
      {head.addresses ? (
        <Found of={head.addresses} title={title} description={description} visitor={visitor} origin={place.origin} />
      ) : (
        <meta name="robots" content="noindex" />
      )}
      {head.data?.map((data) => (
        <script
          type="application/ld+json"
          nonce={visitor.nonce}
          dangerouslySetInnerHTML={{ __html: JSON.stringify(data).replaceAll('<', '\\u003c') }}
        />
      ))}
    </head>
  )
}

/** What leads searchers to a page, in the language they read. */
const Found = ({
  of,
  title,
  description,
  visitor: { locale },
  origin,
}: {
  of: Addresses
  title: string
  description: string
  visitor: Visitor
  origin: string
}) => (
  <>
    <link rel="canonical" href={origin + encodeURI(of[locale])} />
    <link rel="alternate" hreflang="ko" href={origin + encodeURI(of.ko)} />
    <link rel="alternate" hreflang="en" href={origin + encodeURI(of.en)} />
    <link rel="alternate" hreflang="x-default" href={origin + encodeURI(of.en)} />
    <meta property="og:type" content="website" />
    <meta property="og:site_name" content={brand.name[locale]} />
    <meta property="og:title" content={title} />
    <meta property="og:description" content={description} />
    <meta property="og:url" content={origin + encodeURI(of[locale])} />
  </>
)
