import { brand, business, pages } from '@sangdo/api/demo'
import { textIn } from '@sangdo/core'
import type { Child } from 'hono/jsx'
import type { Shelf } from '../client.ts'
import type { Visitor } from '../visitor.ts'

/** The foot of every page: what the brand is, where to go, and who stands behind the shop, as article 10 of the Korean e-commerce act asks. */
export const Footer = ({ visitor, shelves }: { visitor: Visitor; shelves: readonly Shelf[] }) => {
  const { locale, text } = visitor
  return (
    <footer class="mt-24 border-t border-line bg-sunken text-sm">
      <div class="wrap grid grid-cols-2 gap-x-10 gap-y-10 pt-14 pb-10 lg:grid-cols-[2fr_1fr_1fr]">
        <div class="col-span-2 lg:col-span-1">
          <p class="font-serif text-2xl font-bold">{brand.name[locale]}</p>
          <p class="mt-2 max-w-sm text-muted">{brand.description[locale]}</p>
        </div>
        <Links title={text.footer.shop}>
          {shelves.map((shelf) => (
            <Link to={`/${locale}/category/${shelf.slugs[locale] ?? ''}`}>{textIn(shelf.name, [locale])}</Link>
          ))}
        </Links>
        <Links title={text.footer.help}>
          {pages.map((page) => (
            <Link to={`/${locale}/page/${page.slug[locale]}`}>{page.title[locale]}</Link>
          ))}
          <Link to={`/${locale}/order-lookup`}>{text.menu.orderLookup}</Link>
        </Links>
      </div>
      <div class="border-t border-line">
        <div class="wrap py-8">
          <Identity visitor={visitor} />
          <p class="mt-4 font-medium">{business.demoNotice[locale]}</p>
        </div>
      </div>
    </footer>
  )
}

const Links = ({ title, children }: { title: string; children: Child }) => (
  <nav aria-label={title}>
    <h2 class="font-sans text-sm text-muted">{title}</h2>
    <ul class="mt-2">{children}</ul>
  </nav>
)

const Link = ({ to, children }: { to: string; children: Child }) => (
  <li>
    <a href={to} class="inline-block py-1.5 text-ink no-underline hover:underline">
      {children}
    </a>
  </li>
)

const Identity = ({ visitor: { locale, text } }: { visitor: Visitor }) => {
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
    <dl class="flex flex-wrap gap-x-6 gap-y-1 text-muted">
      {facts.map(([label, value]) => (
        <div class="flex gap-2">
          <dt class="shrink-0">{label}</dt>
          <dd class="text-ink">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
