import type { Child } from 'hono/jsx'
import { address, type Desk, type Entered } from '../desk.ts'

/** Filters as links, each an address of its own; the current one is marked. */
export const Tabs = ({
  label,
  tabs,
}: {
  label: string
  tabs: readonly { href: string; label: string; count?: number | string | undefined; current: boolean }[]
}) => (
  <nav class="tabs" aria-label={label}>
    <ul>
      {tabs.map(({ href, label: name, count, current }) => (
        <li>
          <a href={href} aria-current={current ? 'page' : undefined}>
            {name}
            {count !== undefined && <span class="count">{count}</span>}
          </a>
        </li>
      ))}
    </ul>
  </nav>
)

/** A search box that keeps what else is asked for. */
export const Search = ({
  path,
  label,
  value,
  keep,
  desk: { text },
  children,
}: {
  path: string
  label: string
  value: string | undefined
  keep: Entered
  desk: Desk
  children?: Child
}) => (
  <form action={path} class="search" role="search">
    {Object.entries(keep).map(([name, kept]) => kept && <input type="hidden" name={name} value={kept} />)}
    <div class="field">
      <label for="q">{label}</label>
      <input id="q" type="search" name="q" value={value} maxlength={100} />
    </div>
    {children}
    <button class="button-quiet">{text.list.search}</button>
  </form>
)

/** The way through a long list: onwards, and back to its start. */
export const Pager = ({
  path,
  query,
  next,
  desk: { text },
}: {
  path: string
  query: Entered
  next: string | null
  desk: Desk
}) =>
  query['after'] || next ? (
    <nav class="pager" aria-label={text.list.page}>
      {query['after'] && (
        <a class="button-quiet" href={address(path, { ...query, after: undefined })}>
          {text.list.first}
        </a>
      )}
      {next && (
        <a class="button-quiet" href={address(path, { ...query, after: next })}>
          {text.list.next}
        </a>
      )}
    </nav>
  ) : null

/** Said in place of a list that has nothing in it. */
export const Empty = ({ title, text, children }: { title: string; text: string; children?: Child }) => (
  <div class="empty">
    <p class="strong">{title}</p>
    <p class="hint">{text}</p>
    {children}
  </div>
)

export type Tone = 'wait' | 'go' | 'quiet' | 'bad'

/** A status in words, with a colour that only repeats them. */
export const Badge = ({ tone, children }: { tone: Tone; children?: Child }) => (
  <span class={`status status-${tone}`}>{children}</span>
)

/** A name and what belongs to it, one below the other. */
export const Facts = ({ facts }: { facts: readonly (readonly [label: string, value: Child])[] }) => (
  <dl class="facts">
    {facts.map(([label, value]) => (
      <div>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)

/** How many there were of each, side by side. */
export const Numbers = ({ numbers }: { numbers: readonly (readonly [label: string, count: number])[] }) => (
  <dl class="numbers">
    {numbers.map(([label, count]) => (
      <div>
        <dt>{label}</dt>
        <dd>{count}</dd>
      </div>
    ))}
  </dl>
)

/** An instant as people in Korea read it. */
export const Time = ({ at, desk }: { at: string; desk: Desk }) => (
  <time class="figures" datetime={at}>
    {timeOf(at, desk)}
  </time>
)

/** An instant in words: day and minute, in Korean time. */
export const timeOf = (at: string, { locale }: Pick<Desk, 'locale'>): string =>
  new Date(at).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Seoul' })

/** Says what has just been done; it is part of the address, so that the page can be read again. */
export const Done = ({ said }: { said: string | undefined }) =>
  said ? (
    <p class="notice" role="status">
      {said}
    </p>
  ) : null
