import { brand, brandMark } from '@sangdo/api/demo'
import { textIn } from '@sangdo/core'
import { raw } from 'hono/html'
import type { Shelf } from '../client.ts'
import type { Visitor } from '../visitor.ts'
import { Icon } from './icon.tsx'
import type { Addresses } from './layout.tsx'

interface Shown {
  readonly visitor: Visitor
  readonly shelves: readonly Shelf[]
  readonly addresses?: Addresses | undefined
}

/** The head of every page: one line, with menu and search as popovers that open without a script. */
export const Header = ({ visitor, shelves, addresses }: Shown) => {
  const { locale, text, cartPieces, customer } = visitor
  return (
    <>
      <header class="border-b border-line bg-paper">
        <p class="bg-celadon-deep px-4 py-2 text-center text-sm text-balance text-on-celadon-deep">
          {brand.announcement[locale]}
        </p>
        <div class="wide flex h-16 items-center gap-1 lg:h-20">
          <button type="button" popovertarget="menu" class="icon-button -ml-3 lg:hidden" aria-label={text.menu.open}>
            <Icon name="menu" />
          </button>
          <Mark locale={locale} />
          <nav class="mx-auto hidden lg:block" aria-label={text.menu.main}>
            <ul class="flex gap-5 px-4 xl:gap-7">
              {shelves.map((shelf) => (
                <li>
                  <a href={addressOf(shelf, locale)} class="inline-block py-2 text-ink no-underline hover:underline">
                    {textIn(shelf.name, [locale])}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          <nav class="-mr-3 ml-auto flex items-center lg:ml-0" aria-label={text.menu.tools}>
            <LanguageLink visitor={visitor} addresses={addresses} class="hidden px-3 py-2 lg:inline-block" />
            <button type="button" popovertarget="searching" class="icon-button" aria-label={text.menu.search}>
              <Icon name="search" />
            </button>
            <a
              href={customer ? `/${locale}/account` : `/${locale}/sign-in`}
              class="icon-button"
              aria-label={customer ? text.menu.account : text.menu.signIn}
            >
              <Icon name="person" />
            </a>
            <a href={`/${locale}/cart`} class="icon-button relative">
              <span class="sr-only">{text.cartCount(cartPieces)}</span>
              <Icon name="cart" />
              {cartPieces > 0 && (
                <span
                  class="money absolute top-0.5 right-0 min-w-5 rounded-full bg-accent px-1 text-center text-xs leading-5 font-semibold text-on-accent"
                  aria-hidden="true"
                >
                  {cartPieces > 99 ? '99+' : cartPieces}
                </span>
              )}
            </a>
          </nav>
        </div>
      </header>
      <Menu visitor={visitor} shelves={shelves} addresses={addresses} />
      <Search visitor={visitor} />
    </>
  )
}

const addressOf = (shelf: Shelf, locale: string) => `/${locale}/category/${shelf.slugs[locale] ?? ''}`

const Mark = ({ locale }: { locale: Visitor['locale'] }) => (
  <a href={`/${locale}`} class="flex min-h-11 items-center gap-2 text-ink no-underline">
    <span class="size-8 lg:size-9 [&>svg]:size-full" aria-hidden="true">
      {raw(brandMark())}
    </span>
    <span class="font-serif text-[1.35rem] font-bold sm:text-2xl lg:text-[1.7rem]">{brand.name[locale]}</span>
  </a>
)

/** A link to the same page in the other language. */
const LanguageLink = ({
  visitor,
  addresses,
  class: look,
}: {
  visitor: Visitor
  addresses: Addresses | undefined
  class: string
}) => {
  const other = visitor.locale === 'ko' ? 'en' : 'ko'
  return (
    <a
      href={addresses?.[other] ?? `/${other}${visitor.path}`}
      lang={other}
      hreflang={other}
      class={`text-sm text-muted no-underline hover:underline ${look}`}
    >
      {visitor.text.otherLanguage}
    </a>
  )
}

const CloseButton = ({ of, label }: { of: string; label: string }) => (
  <button type="button" popovertarget={of} popovertargetaction="hide" class="icon-button -mr-3" aria-label={label}>
    <Icon name="close" />
  </button>
)

/** Every shelf, for narrow screens. */
const Menu = ({ visitor, shelves, addresses }: Shown) => {
  const { locale, text, customer } = visitor
  return (
    <div id="menu" popover="auto" class="sheet sheet-left" role="dialog" aria-label={text.menu.categories}>
      <div class="flex items-center justify-between">
        <p class="font-serif text-xl font-bold">{text.menu.categories}</p>
        <CloseButton of="menu" label={text.menu.close} />
      </div>
      <ul class="mt-2 divide-y divide-line border-y border-line">
        {shelves.map((shelf) => (
          <li class="py-2">
            <a href={addressOf(shelf, locale)} class="block py-2 text-lg text-ink no-underline">
              {textIn(shelf.name, [locale])}
            </a>
            {shelf.children.length > 0 && (
              <ul class="pb-1 pl-4">
                {shelf.children.map((child) => (
                  <li>
                    <a href={addressOf(child, locale)} class="block py-1.5 text-muted no-underline">
                      {textIn(child.name, [locale])}
                    </a>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
      <p class="mt-4 grid">
        <a href={customer ? `/${locale}/account` : `/${locale}/sign-in`} class="py-2 text-ink no-underline">
          {customer ? text.menu.account : text.menu.signIn}
        </a>
        <a href={`/${locale}/order-lookup`} class="py-2 text-ink no-underline">
          {text.menu.orderLookup}
        </a>
        <LanguageLink visitor={visitor} addresses={addresses} class="py-2" />
      </p>
    </div>
  )
}

const Search = ({ visitor: { locale, text } }: { visitor: Visitor }) => (
  <div id="searching" popover="auto" class="sheet sheet-top" role="dialog" aria-label={text.menu.search}>
    <div class="wide flex items-center gap-2 py-6 sm:py-10">
      <form
        action={`/${locale}/search`}
        role="search"
        class="flex flex-1 items-center border-b-2 border-ink focus-within:border-focus"
      >
        <label class="sr-only" for="search">
          {text.searchLabel}
        </label>
        <input
          id="search"
          type="search"
          name="q"
          required
          autofocus
          autocomplete="off"
          placeholder={text.searchPlaceholder}
          class="min-h-14 w-full min-w-0 flex-1 bg-transparent font-serif text-xl outline-none placeholder:text-muted sm:text-2xl"
        />
        <button class="icon-button" aria-label={text.menu.search}>
          <Icon name="search" />
        </button>
      </form>
      <CloseButton of="searching" label={text.menu.close} />
    </div>
  </div>
)
