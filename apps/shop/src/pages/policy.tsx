import { pages } from '@sangdo/api/demo'
import { Hono } from 'hono'
import { page } from '../page.tsx'
import type { ShopEnv, Visitor } from '../visitor.ts'

type Policy = (typeof pages)[number]

/** Pages of running text: the brand, questions, delivery, returns, terms, privacy. */
export const policyRoutes = new Hono<ShopEnv>().get('/page/:slug', (c) => {
  const { visitor } = c.var
  const policy = pages.find((one) => one.slug[visitor.locale] === c.req.param('slug'))
  if (!policy) return c.notFound()
  const addresses = { ko: `/ko/page/${policy.slug.ko}`, en: `/en/page/${policy.slug.en}` }
  const description = policy[visitor.locale][0]?.paragraphs[0] ?? ''
  return page(
    c,
    { title: policy.title[visitor.locale], description, addresses },
    <Policy visitor={visitor} policy={policy} />,
  )
})

const longAt = 5

const Policy = ({ visitor: { locale, text }, policy }: { visitor: Visitor; policy: Policy }) => {
  const sections = policy[locale]
  return (
    <div class="wrap grid gap-x-16 gap-y-10 pt-10 lg:grid-cols-[15rem_1fr] lg:pt-14">
      <nav aria-label={text.policy.others} class="lg:sticky lg:top-8 lg:self-start">
        <ul class="flex flex-wrap gap-x-2 gap-y-2 lg:flex-col lg:gap-0 lg:border-t lg:border-line">
          {pages.map((one) => (
            <li class="lg:border-b lg:border-line">
              <a
                href={`/${locale}/page/${one.slug[locale]}`}
                aria-current={one === policy ? 'page' : undefined}
                class="inline-flex min-h-11 items-center rounded-sm text-muted no-underline hover:text-ink aria-[current]:font-semibold aria-[current]:text-ink max-lg:border max-lg:border-line-strong max-lg:px-3.5 max-lg:text-sm max-lg:aria-[current]:border-ink lg:w-full"
              >
                {one.title[locale]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <article class="max-w-[42rem] min-w-0">
        <h1 class="text-3xl sm:text-4xl">{policy.title[locale]}</h1>
        {sections.length > longAt && (
          <nav aria-label={text.policy.contents} class="mt-6 bg-sunken p-5">
            <ol class="grid gap-x-6 sm:grid-cols-2">
              {sections.map((section, index) => (
                <li>
                  <a class="link inline-block py-1 no-underline hover:underline" href={`#section-${index + 1}`}>
                    {section.heading}
                  </a>
                </li>
              ))}
            </ol>
          </nav>
        )}
        {sections.map((section, index) => (
          <section id={`section-${index + 1}`} class="mt-10 scroll-mt-6">
            <h2 class="text-xl">{section.heading}</h2>
            <div class="prose mt-3 max-w-none">
              {section.paragraphs.map((paragraph) => (
                <p>{paragraph}</p>
              ))}
            </div>
          </section>
        ))}
      </article>
    </div>
  )
}
