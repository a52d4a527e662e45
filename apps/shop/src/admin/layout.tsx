import { createHash } from 'node:crypto'
import { brand } from '@sangdo/api/demo'
import type { Context } from 'hono'
import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { Desk, DeskEnv } from './desk.ts'
import { scriptPath, type ScriptName } from './scripts.ts'
import { style } from './style.ts'

const css = `/admin/admin.css?v=${createHash('sha256').update(style).digest('base64url').slice(0, 10)}`

/** What the head of a page says: its title, after how many seconds it asks for itself again, and the script that helps in it. */
interface Head {
  readonly title: string
  readonly refresh?: number
  readonly script?: ScriptName
}

/** Answers with a page in the frame of the back office; it is never kept by anybody but this browser. */
export function deskPage(
  c: Context<DeskEnv>,
  head: Head,
  children: Child,
  status: 200 | 403 | 404 | 409 | 422 | 429 | 500 = 200,
) {
  const { desk, place } = c.var
  c.header('cache-control', 'no-store')
  return c.html(
    <Frame head={head} desk={desk} shopCss={place.css} nonce={c.get('secureHeadersNonce')}>
      {children}
    </Frame>,
    status,
  )
}

interface FrameProps {
  readonly head: Head
  readonly desk: Desk
  readonly shopCss: string
  readonly nonce: string | undefined
  readonly children: Child
}

const Frame = ({ head, desk, shopCss, nonce, children }: FrameProps) => (
  <>
    {raw('<!doctype html>')}
    <html lang={desk.locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${head.title} · ${brand.name[desk.locale]} ${desk.text.office}`}</title>
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        {head.refresh && <meta http-equiv="refresh" content={String(head.refresh)} />}
        <link rel="icon" href="/art/mark/mark.svg" type="image/svg+xml" />
        <link rel="stylesheet" href={shopCss} />
        <link rel="stylesheet" href={css} />
        {head.script && <script type="module" src={scriptPath(head.script)} nonce={nonce} />}
      </head>
      <body class={desk.staff ? 'desk' : 'desk desk-closed'}>
        <a href="#main" class="skip">
          {desk.text.skip}
        </a>
        {desk.staff && <Side desk={desk} />}
        <main id="main" tabindex={-1}>
          {children}
        </main>
        {!desk.staff && <LanguageSwitch desk={desk} />}
      </body>
    </html>
  </>
)

const places = ['home', 'orders', 'risk', 'money', 'products', 'prices', 'promotions', 'reviews', 'import'] as const
const pathOf = (place: (typeof places)[number]) => (place === 'home' ? '/admin' : `/admin/${place}`)

const Side = ({ desk }: { desk: Desk }) => {
  const { text, here, locale } = desk
  const current = here.split('?')[0] ?? ''
  const isCurrent = (path: string) => (path === '/admin' ? current === path : current.startsWith(path))
  return (
    <header class="side">
      <p class="side-brand">
        <a href="/admin">
          {brand.name[locale]} <span>{text.office}</span>
        </a>
      </p>
      <nav aria-label={text.menu.label}>
        <ul>
          {places.map((place) => (
            <li>
              <a href={pathOf(place)} aria-current={isCurrent(pathOf(place)) ? 'page' : undefined}>
                {text.menu[place]}
                <Waits desk={desk} place={place} />
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div class="side-foot">
        {desk.staff && (
          <p>
            <span class="strong">{desk.staff.name}</span> <span class="hint">{text.roles[desk.staff.role]}</span>
          </p>
        )}
        <p>
          <a href={`/${locale}`}>{text.toShop}</a>
        </p>
        <LanguageSwitch desk={desk} />
        <form method="post" action="/admin/sign-out">
          <button class="plain">{text.signIn.out}</button>
        </form>
      </div>
    </header>
  )
}

/** How much waits there, where somebody has to look. */
const Waits = ({ desk: { text, waiting }, place }: { desk: Desk; place: (typeof places)[number] }) => {
  const count = place === 'money' || place === 'risk' ? waiting[place] : 0
  return count === 0 ? null : (
    <>
      {' '}
      <span class="waits">
        <span aria-hidden="true">{text.money.count(count)}</span>
        <span class="sr-only">{text.money.waiting(text.money.count(count))}</span>
      </span>
    </>
  )
}

const LanguageSwitch = ({ desk: { locale, text, here } }: { desk: Desk }) => {
  const other = locale === 'ko' ? 'en' : 'ko'
  return (
    <form method="post" action="/admin/language">
      <input type="hidden" name="back" value={here} />
      <button class="plain" name="to" value={other} lang={other}>
        {text.switchLanguage}
      </button>
    </form>
  )
}
