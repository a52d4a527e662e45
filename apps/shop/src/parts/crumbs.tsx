import type { Visitor } from '../visitor.ts'

/** A step on the way to a page. */
export interface Crumb {
  readonly name: string
  readonly address: string
}

/** The way from the front page to here, as links. */
export const Crumbs = ({ of, visitor }: { of: readonly Crumb[]; visitor: Visitor }) => (
  <nav aria-label={visitor.text.breadcrumb} class="text-sm text-muted">
    <ol class="flex flex-wrap">
      {[{ name: visitor.text.error.home, address: `/${visitor.locale}` }, ...of].map((crumb, index) => (
        <li>
          {index > 0 && <span aria-hidden="true">/</span>}
          <a
            class={`inline-block py-2 text-muted no-underline hover:underline ${index > 0 ? 'px-2' : 'pr-2'}`}
            href={crumb.address}
          >
            {crumb.name}
          </a>
        </li>
      ))}
    </ol>
  </nav>
)

/** The same way for search engines. */
export const crumbData = (of: readonly Crumb[], origin: string): object => ({
  '@context': 'https://schema.org',
  '@type': 'BreadcrumbList',
  itemListElement: of.map((crumb, index) => ({
    '@type': 'ListItem',
    position: index + 1,
    name: crumb.name,
    item: origin + encodeURI(crumb.address),
  })),
})
