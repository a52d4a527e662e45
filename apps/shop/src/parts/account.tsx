import { format } from '@sangdo/core'
import type { Child } from 'hono/jsx'
import type { Consent, OrderSummary, SavedAddress } from '../client.ts'
import { channels } from '../consents.ts'
import { dateOf } from '../dates.ts'
import type { Visitor } from '../visitor.ts'
import { AddressFields } from './delivery-form.tsx'
import { ErrorSummary, Field, type FieldErrors, Tick } from './form.tsx'
import { Icon } from './icon.tsx'

const places = [
  ['profile', ''],
  ['orders', '/orders'],
  ['addresses', '/addresses'],
] as const

/** The frame of a member's pages: who they are, where they can go, the way out. */
export const AccountFrame = ({
  visitor,
  here,
  saved,
  children,
}: {
  visitor: Visitor
  here: (typeof places)[number][0]
  saved: boolean
  children: Child
}) => {
  const { text, locale, customer } = visitor
  return (
    <div class="wrap pt-10 lg:pt-14">
      <p class="text-muted">{text.account.hello(customer?.name ?? '')}</p>
      <div class="mt-5 grid gap-x-16 gap-y-8 lg:grid-cols-[13rem_1fr]">
        <div>
          <nav aria-label={text.account.nav}>
            <ul class="flex gap-x-6 border-b border-line max-lg:overflow-x-auto lg:flex-col lg:border-t">
              {places.map(([name, path]) => (
                <li class="lg:border-b lg:border-line lg:last:border-b-0">
                  <a
                    href={`/${locale}/account${path}`}
                    aria-current={name === here ? 'page' : undefined}
                    class="inline-flex min-h-11 items-center whitespace-nowrap text-muted no-underline hover:text-ink aria-[current]:font-semibold aria-[current]:text-ink max-lg:aria-[current]:shadow-[inset_0_-3px_0_var(--ink)] lg:w-full"
                  >
                    {text.account[name]}
                  </a>
                </li>
              ))}
            </ul>
          </nav>
          <form method="post" action={`/${locale}/sign-out`} class="mt-2 max-lg:hidden">
            <button class="link min-h-11 text-sm text-muted">{text.sign.out}</button>
          </form>
        </div>
        <div class="max-w-[42rem] min-w-0">
          {saved && (
            <p class="notice mb-6 flex items-center gap-2" role="status">
              <Icon name="check" class="size-5" />
              {text.account.saved}
            </p>
          )}
          {children}
        </div>
      </div>
      <form method="post" action={`/${locale}/sign-out`} class="mt-12 lg:hidden">
        <button class="button-quiet w-full">{text.sign.out}</button>
      </form>
    </div>
  )
}

const Title = ({ children }: { children: Child }) => <h1 class="mb-6 text-3xl">{children}</h1>

interface ProfileProps {
  readonly visitor: Visitor
  readonly consents: readonly Consent[]
  readonly entered: Readonly<Record<string, string>>
  readonly errors: FieldErrors
}

/** Name and phone, and which news the member receives. */
export const Profile = ({ visitor, consents, entered, errors }: ProfileProps) => {
  const { text, locale, customer } = visitor
  return (
    <>
      <Title>{text.account.profile}</Title>
      <ErrorSummary title={text.checkout.errors} errors={errors} />
      <form method="post" action={`/${locale}/account/profile`} class="max-w-[30rem] space-y-5">
        <Field
          name="name"
          label={text.account.name}
          errors={errors}
          value={entered['name'] ?? customer?.name ?? ''}
          autocomplete="name"
          maxlength={100}
          required
        />
        <Field
          name="phone"
          label={text.account.phone}
          note={text.checkout.optional}
          errors={errors}
          value={entered['phone'] ?? customer?.phone ?? ''}
          type="tel"
          autocomplete="tel"
          maxlength={30}
        />
        <div>
          <p class="text-sm font-medium">{text.account.email}</p>
          <p class="mt-1 wrap-anywhere">{customer?.email}</p>
          <p class="text-sm text-muted">{text.account.emailHint}</p>
        </div>
        <button class="button">{text.account.save}</button>
      </form>
      <Consents visitor={visitor} consents={consents} />
      <p class="mt-14 border-t border-line pt-4 text-sm">
        <a class="link inline-block py-2 text-muted" href={`/${locale}/account/leave`}>
          {text.account.leave}
        </a>
      </p>
    </>
  )
}

const Consents = ({ visitor, consents }: { visitor: Visitor; consents: readonly Consent[] }) => (
  <section id="consents" aria-labelledby="consents-title" class="mt-14 scroll-mt-6">
    <h2 id="consents-title" class="text-xl">
      {visitor.text.account.consents}
    </h2>
    <p class="mt-1 text-sm text-muted">{visitor.text.account.consentsText}</p>
    <ul class="mt-4 divide-y divide-line border-y border-line">
      {channels.map((channel) => (
        <ConsentLine visitor={visitor} channel={channel} consent={consents.find((one) => one.channel === channel)} />
      ))}
    </ul>
  </section>
)

const ConsentLine = ({
  visitor: { text, locale },
  channel,
  consent,
}: {
  visitor: Visitor
  channel: (typeof channels)[number]
  consent: Consent | undefined
}) => {
  const granted = consent?.decision === 'granted'
  const name = text.account.channels[channel]
  return (
    <li class="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3.5">
      <p>
        <span class="font-medium">{name}</span>
        <span class="block text-sm text-muted">
          {granted ? text.account.granted : text.account.withdrawn}
          {consent && ` · ${text.account.since(dateOf(consent.at, 'day', locale))}`}
        </span>
      </p>
      <form method="post" action={`/${locale}/account/consent`}>
        <input type="hidden" name="channel" value={channel} />
        <button
          class="button-quiet"
          name="decision"
          value={granted ? 'withdrawn' : 'granted'}
          aria-label={`${name}: ${granted ? text.account.withdraw : text.account.grant}`}
        >
          {granted ? text.account.withdraw : text.account.grant}
        </button>
      </form>
    </li>
  )
}

/** The last page before somebody leaves: what is deleted, what the law keeps, one box, one button. */
export const Leave = ({ visitor: { text, locale }, error }: { visitor: Visitor; error: string | undefined }) => (
  <>
    <Title>{text.account.leave}</Title>
    <ErrorSummary title={text.checkout.errors} errors={error ? { sure: error } : {}} />
    <p class="max-w-[38rem]">{text.account.leaveText}</p>
    <form method="post" action={`/${locale}/account/leave`} class="mt-5 space-y-5">
      <Tick name="sure" required error={error}>
        {text.account.leaveConfirm}
      </Tick>
      <button class="button-quiet min-h-12 border-danger text-danger">{text.account.leave}</button>
    </form>
  </>
)

interface AddressesProps {
  readonly visitor: Visitor
  readonly saved: readonly SavedAddress[]
  readonly entered: Readonly<Record<string, string>>
  readonly errors: FieldErrors
  readonly wrong: string | undefined
}

/** The address book, with a form for one more. */
export const Addresses = ({ visitor, saved, entered, errors, wrong }: AddressesProps) => {
  const { text, locale } = visitor
  const refused = Object.keys(errors).length > 0
  return (
    <>
      <Title>{text.account.addresses}</Title>
      {wrong && (
        <p class="notice-bad mb-6" role="alert">
          {wrong}
        </p>
      )}
      {saved.length === 0 ? (
        <p>
          <span class="text-lg">{text.account.noAddresses}</span>
          <span class="block text-muted">{text.account.noAddressesText}</span>
        </p>
      ) : (
        <ul class="divide-y divide-line border-y border-line">
          {saved.map((one) => (
            <AddressLine visitor={visitor} saved={one} />
          ))}
        </ul>
      )}
      <details class="group mt-8" open={saved.length === 0 || refused}>
        <summary class="button-quiet list-none [&::-webkit-details-marker]:hidden">+ {text.account.addAddress}</summary>
        <div class="mt-6">
          <ErrorSummary title={text.checkout.errors} errors={errors} />
          <form method="post" action={`/${locale}/account/addresses`} class="grid gap-x-4 gap-y-5 sm:grid-cols-2">
            <div class="sm:col-span-2">
              <Field
                name="label"
                label={text.account.label}
                note={text.checkout.optional}
                hint={text.account.labelHint}
                errors={errors}
                value={entered['label'] ?? ''}
                maxlength={50}
              />
            </div>
            <AddressFields visitor={visitor} known={entered} errors={errors} />
            <div class="sm:col-span-2">
              <Tick name="default" checked={entered['default'] !== undefined}>
                {text.account.default}
              </Tick>
            </div>
            <button class="button sm:col-span-2">{text.account.save}</button>
          </form>
        </div>
      </details>
    </>
  )
}

const AddressLine = ({
  visitor: { text, locale },
  saved: { id, label, isDefault, address },
}: {
  visitor: Visitor
  saved: SavedAddress
}) => (
  <li class="flex items-start justify-between gap-4 py-5">
    <div class="min-w-0">
      <p class="flex flex-wrap items-center gap-2 font-semibold">
        {label ?? address.name}
        {isDefault && <span class="badge bg-celadon-tint text-celadon-ink">{text.account.default}</span>}
      </p>
      <address class="mt-1 wrap-anywhere text-muted not-italic">
        {[address.name, address.phone].join(' · ')}
        <br />
        {[address.postcode, address.region, address.city, address.line1, address.line2].filter(Boolean).join(' ')}
      </address>
    </div>
    <form method="post" action={`/${locale}/account/addresses/remove`}>
      <input type="hidden" name="id" value={id} />
      <button
        class="link min-h-11 px-1 text-sm whitespace-nowrap text-muted"
        aria-label={text.account.removeNamed(label ?? address.line1)}
      >
        {text.account.remove}
      </button>
    </form>
  </li>
)

/** The member's orders, the newest first. */
export const Orders = ({
  visitor,
  list,
  continued,
}: {
  visitor: Visitor
  list: { items: readonly OrderSummary[]; next: string | null }
  continued: boolean
}) => {
  const { text, locale } = visitor
  return (
    <>
      <Title>{text.account.orders}</Title>
      {list.items.length === 0 ? (
        <div class="grid justify-items-start gap-3">
          <img src="/art/empty/orders.svg" alt="" width="800" height="600" class="w-72 max-w-full" />
          <p class="text-lg">{text.order.none}</p>
          <p class="text-muted">{text.order.noneText}</p>
          <a class="button mt-2" href={`/${locale}/search`}>
            {text.cart.browse}
          </a>
        </div>
      ) : (
        <ul class="divide-y divide-line border-y border-line">
          {list.items.map((order) => (
            <OrderLine visitor={visitor} order={order} />
          ))}
        </ul>
      )}
      {(list.next || continued) && (
        <p class="mt-6 flex flex-wrap gap-3">
          {continued && (
            <a class="button-quiet" href={`/${locale}/account/orders`}>
              {text.order.newest}
            </a>
          )}
          {list.next && (
            <a
              class="button-quiet"
              rel="next"
              href={`/${locale}/account/orders?${new URLSearchParams({ after: list.next })}`}
            >
              {text.order.older}
            </a>
          )}
        </p>
      )}
    </>
  )
}

const OrderLine = ({ visitor: { text, locale }, order }: { visitor: Visitor; order: OrderSummary }) => (
  <li class="group relative flex items-center justify-between gap-4 py-5">
    <div>
      <h2 class="font-sans text-base font-semibold">
        <a
          href={`/${locale}/order/${order.number}`}
          class="money text-ink no-underline group-hover:underline after:absolute after:inset-0"
        >
          {order.number}
        </a>
      </h2>
      <p class="text-sm text-muted">{dateOf(order.placedAt, 'day', locale)}</p>
      <p class="mt-1">{text.order.total(format(order.total, locale), order.pieces)}</p>
    </div>
    <p class="flex items-center gap-2">
      <span
        class={`badge ${order.status === 'pending_payment' ? 'bg-persimmon-tint text-ink' : 'bg-celadon-tint text-celadon-ink'}`}
      >
        {text.order.statuses[order.status]}
      </span>
      <Icon name="next" class="size-4 text-muted" />
    </p>
  </li>
)
