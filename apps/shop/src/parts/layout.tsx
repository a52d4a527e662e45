import { brand, brandMark, business, pages } from '@sangdo/api/demo'
import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { Visitor } from '../visitor.ts'

/** What a page says of itself to browsers and search engines. */
export interface PageHead {
  readonly title: string
  readonly description?: string
  /** The address of this page in each language, without the host; left out for pages that nobody should find by searching. */
  readonly addresses?: Readonly<Record<'ko' | 'en', string>>
  /** Structured data (schema.org), written as JSON. */
  readonly data?: readonly object[]
}

/** The frame of every page: head, header, main, footer. */
export const Layout = ({ head, visitor, origin, css, cartPieces, shelves, children }: {
  head: PageHead
  visitor: Visitor
  origin: string
  css: string
  cartPieces: number
  shelves: readonly { name: string; slug: string }[]
  children: Child
}) => (
  <>
    {raw('<!doctype html>')}
    <html lang={visitor.locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{head.title === brand.name[visitor.locale] ? `${head.title} · ${brand.tagline[visitor.locale]}` : `${head.title} · ${brand.name[visitor.locale]}`}</title>
        <meta name="description" content={head.description ?? brand.description[visitor.locale]} />
        <meta name="theme-color" content="#faf8f3" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#17191c" media="(prefers-color-scheme: dark)" />
        <link rel="icon" href="/art/mark/mark.svg" type="image/svg+xml" />
        <link rel="stylesheet" href={css} />
        {head.addresses ? <Addresses of={head.addresses} visitor={visitor} origin={origin} /> : <meta name="robots" content="noindex" />}
        {head.data?.map((data) => (
          <script type="application/ld+json" nonce={visitor.nonce} dangerouslySetInnerHTML={{ __html: JSON.stringify(data).replaceAll('<', '\\u003c') }} />
        ))}
      </head>
      <body class="flex min-h-dvh flex-col">
        <a href="#main" class="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-action focus:p-3 focus:text-on-action">
          {visitor.text.skip}
        </a>
        <p class="bg-ink px-4 py-2 text-center text-sm text-paper">{brand.announcement[visitor.locale]}</p>
        <Header visitor={visitor} cartPieces={cartPieces} shelves={shelves} addresses={head.addresses} />
        <main id="main" class="flex-1">
          {children}
        </main>
        <Footer visitor={visitor} />
      </body>
    </html>
  </>
)

const Addresses = ({ of, visitor, origin }: { of: NonNullable<PageHead['addresses']>; visitor: Visitor; origin: string }) => (
  <>
    <link rel="canonical" href={`${origin}${of[visitor.locale]}`} />
    <link rel="alternate" hreflang="ko" href={`${origin}${of.ko}`} />
    <link rel="alternate" hreflang="en" href={`${origin}${of.en}`} />
    <link rel="alternate" hreflang="x-default" href={`${origin}${of.en}`} />
    <meta property="og:url" content={`${origin}${of[visitor.locale]}`} />
  </>
)

const Header = ({ visitor, cartPieces, shelves, addresses }: {
  visitor: Visitor
  cartPieces: number
  shelves: readonly { name: string; slug: string }[]
  addresses: PageHead['addresses']
}) => {
  const { locale, text } = visitor
  const other = locale === 'ko' ? 'en' : 'ko'
  return (
    <header class="border-b border-line">
      <div class="wrap flex flex-wrap items-center gap-x-6 gap-y-3 py-4">
        <a href={`/${locale}`} class="flex items-center gap-2 text-ink no-underline">
          <span class="size-8 [&>svg]:size-full" aria-hidden="true">
            {raw(brandMark())}
          </span>
          <span class="font-serif text-2xl font-bold">{brand.name[locale]}</span>
        </a>
        <form action={`/${locale}/search`} role="search" class="order-last w-full sm:order-none sm:ml-auto sm:w-64">
          <label class="sr-only" for="search">
            {text.searchLabel}
          </label>
          <input id="search" type="search" name="q" placeholder={text.searchPlaceholder} class="min-h-11 w-full rounded-sm border border-line bg-surface px-3 text-base placeholder:text-muted" />
        </form>
        <nav class="ml-auto flex items-center gap-4 text-sm sm:ml-0" aria-label={text.menu.account}>
          <a href={visitor.customer ? `/${locale}/account` : `/${locale}/sign-in`} class="py-2 text-ink no-underline hover:underline">
            {visitor.customer ? text.menu.account : text.menu.signIn}
          </a>
          <a href={`/${locale}/cart`} class="py-2 text-ink no-underline hover:underline" aria-label={text.cartCount(cartPieces)}>
            {text.menu.cart}
            {cartPieces > 0 && <span class="money ml-1 rounded-full bg-accent px-1.5 py-0.5 text-xs font-semibold text-on-accent">{cartPieces}</span>}
          </a>
          <a href={addresses?.[other] ?? `/${other}${visitor.path}`} lang={other} hreflang={other} class="py-2 text-muted no-underline hover:underline">
            {text.otherLanguage}
          </a>
        </nav>
      </div>
      <nav class="wrap overflow-x-auto" aria-label={text.menu.categories}>
        <ul class="flex gap-6 pb-3 text-sm whitespace-nowrap">
          {shelves.map((shelf) => (
            <li>
              <a href={`/${locale}/category/${shelf.slug}`} class="inline-block py-1 text-ink no-underline hover:underline">
                {shelf.name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  )
}

const Footer = ({ visitor: { locale, text } }: { visitor: Visitor }) => {
  const facts = [
    [text.footer.company, business.company[locale]],
    [text.footer.representative, business.representative[locale]],
    [text.footer.registration, business.registrationNumber],
    [text.footer.mailOrder, business.mailOrderNumber[locale]],
    [text.footer.address, business.address[locale]],
    [text.footer.phone, business.phone],
    [text.footer.email, business.email],
    [text.footer.privacyOfficer, business.privacyOfficer[locale]],
    [text.footer.hosting, business.hosting[locale]],
    [text.footer.hours, business.hours[locale]],
  ]
  return (
    <footer class="mt-24 bg-sunken text-sm">
      <div class="wrap grid gap-8 py-12 md:grid-cols-[1fr_2fr]">
        <nav aria-label={text.footer.help}>
          <ul class="space-y-1">
            {pages.map((page) => (
              <li>
                <a href={`/${locale}/page/${page.slug[locale]}`} class="inline-block py-1 text-ink no-underline hover:underline">
                  {page.title[locale]}
                </a>
              </li>
            ))}
            <li>
              <a href={`/${locale}/order-lookup`} class="inline-block py-1 text-ink no-underline hover:underline">
                {text.menu.orderLookup}
              </a>
            </li>
          </ul>
        </nav>
        <div>
          <dl class="flex flex-wrap gap-x-5 gap-y-1 text-muted">
            {facts.map(([label, value]) => (
              <div class="flex gap-1.5">
                <dt>{label}</dt>
                <dd class="text-ink">{value}</dd>
              </div>
            ))}
          </dl>
          <p class="mt-4 font-medium">{business.demoNotice[locale]}</p>
        </div>
      </div>
    </footer>
  )
}
