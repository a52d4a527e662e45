import type { Child } from 'hono/jsx'
import type { PricedCart, SavedAddress } from '../client.ts'
import type { Visitor } from '../visitor.ts'
import { Field, type FieldErrors } from './form.tsx'

export const addressFields = [
  'name',
  'phone',
  'country',
  'postcode',
  'region',
  'city',
  'line1',
  'line2',
  'memo',
] as const
type AddressField = (typeof addressFields)[number]

/** What somebody has typed into a form, by field. */
export type Entered = Readonly<Record<string, string | undefined>>

interface AddressProps {
  readonly visitor: Visitor
  readonly known: Entered
  readonly errors: FieldErrors
}

/** The fields of an address, in the order of the visitor's country. Koreans are asked for no more than a parcel in Korea needs. */
export const AddressFields = ({ visitor, known, errors }: AddressProps) => {
  const { text, locale } = visitor
  const field = (name: AddressField) => ({ name, errors, value: known[name] ?? '' })
  const note = text.checkout.optional
  const country = <CountryField visitor={visitor} known={known} errors={errors} />
  const postcode = (
    <Field {...field('postcode')} label={text.checkout.postcode} autocomplete="postal-code" maxlength={20} required />
  )
  const city = (
    <Field {...field('city')} label={text.checkout.city} note={note} autocomplete="address-level2" maxlength={100} />
  )
  const region = (
    <Field
      {...field('region')}
      label={text.checkout.region}
      note={note}
      autocomplete="address-level1"
      maxlength={100}
    />
  )
  const street = (
    <>
      <Wide>
        <Field {...field('line1')} label={text.checkout.line1} autocomplete="address-line1" maxlength={200} required />
      </Wide>
      <Wide>
        <Field
          {...field('line2')}
          label={text.checkout.line2}
          note={note}
          autocomplete="address-line2"
          maxlength={200}
        />
      </Wide>
    </>
  )
  const abroad = (known['country'] ?? 'KR') !== 'KR' || ['country', 'city', 'region'].some((name) => errors[name])
  return (
    <>
      <Field {...field('name')} label={text.checkout.name} autocomplete="name" maxlength={100} required />
      <Field {...field('phone')} label={text.checkout.phone} type="tel" autocomplete="tel" maxlength={30} required />
      {locale === 'ko' ? [postcode, street] : [<Wide>{country}</Wide>, street, city, region, postcode]}
      <Wide>
        <Field
          {...field('memo')}
          label={text.checkout.memo}
          note={note}
          hint={text.checkout.memoHint}
          maxlength={200}
        />
      </Wide>
      {locale === 'ko' && (
        <details class="sm:col-span-2" open={abroad}>
          <summary class="link w-fit py-2 text-sm">{text.checkout.abroad}</summary>
          <div class="mt-3 grid gap-x-4 gap-y-5 sm:grid-cols-3">
            {country}
            {region}
            {city}
          </div>
        </details>
      )}
    </>
  )
}

const Wide = ({ children }: { children: Child }) => <div class="sm:col-span-2">{children}</div>

const CountryField = ({ visitor: { text, locale }, known, errors }: AddressProps) => {
  const chosen = known['country'] ?? (locale === 'ko' ? 'KR' : 'US')
  return (
    <Field name="country" label={text.checkout.country} errors={errors}>
      <select id="country" name="country" autocomplete="country">
        {Object.entries(text.checkout.countries).map(([code, name]) => (
          <option value={code} selected={code === chosen}>
            {name}
          </option>
        ))}
      </select>
    </Field>
  )
}

interface DeliveryProps {
  readonly visitor: Visitor
  readonly cart: PricedCart['cart']
  readonly saved: readonly SavedAddress[]
  /** The id of the saved address that the buyer wants to start from. */
  readonly address: string | undefined
  readonly entered: Entered | undefined
  readonly errors: FieldErrors
}

/** Who buys and where it goes. What is known already is filled in: what was typed, else the address asked for, the cart's, the default. */
export const DeliveryForm = ({ visitor, cart, saved, address, entered, errors }: DeliveryProps) => {
  const { text, locale, customer } = visitor
  const start =
    saved.find((one) => one.id === address)?.address ?? cart.address ?? saved.find((one) => one.isDefault)?.address
  const known: Entered = {
    email: cart.email ?? customer?.email,
    name: customer?.name,
    phone: customer?.phone ?? undefined,
    ...start,
    ...entered,
  }
  return (
    <>
      {saved.length > 0 && <Saved visitor={visitor} saved={saved} />}
      <form method="post" action={`/${locale}/checkout/delivery`} class="grid gap-x-4 gap-y-5 sm:grid-cols-2">
        <Wide>
          <Field
            name="email"
            errors={errors}
            value={known['email'] ?? ''}
            label={text.checkout.email}
            hint={text.checkout.emailHint}
            type="email"
            autocomplete="email"
            maxlength={254}
            required
          />
        </Wide>
        <AddressFields visitor={visitor} known={known} errors={errors} />
        <button class="button mt-2 sm:col-span-2">{text.checkout.toShipping}</button>
      </form>
    </>
  )
}

const Saved = ({ visitor: { text, locale }, saved }: { visitor: Visitor; saved: readonly SavedAddress[] }) => (
  <nav aria-label={text.checkout.saved} class="mb-6">
    <p class="text-sm font-medium">{text.checkout.saved}</p>
    <ul class="mt-2 flex flex-wrap gap-2">
      {saved.map((one) => (
        <li>
          <a class="chip" href={`/${locale}/checkout?step=delivery&address=${one.id}`}>
            {one.label ?? `${one.address.name}, ${one.address.line1}`}
          </a>
        </li>
      ))}
    </ul>
  </nav>
)
