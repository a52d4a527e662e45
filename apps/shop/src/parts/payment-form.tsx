import { randomUUID } from 'node:crypto'
import { pages } from '@sangdo/api/demo'
import { format, textIn } from '@sangdo/core'
import type { PricedCart } from '../client.ts'
import type { Visitor } from '../visitor.ts'
import { Choice, type FieldErrors, Tick } from './form.tsx'
import { Amount } from './price.tsx'
import { problemText } from './problem.ts'

/** The ways to send a cart to its address. */
export const ShippingForm = ({ visitor, priced }: { visitor: Visitor; priced: PricedCart }) => {
  const { text, locale } = visitor
  if (priced.shippingOptions.length === 0) return <p class="notice-bad">{text.cart.problems.not_deliverable}</p>
  return (
    <form method="post" action={`/${locale}/checkout/shipping`} class="space-y-6">
      <fieldset class="space-y-2">
        <legend class="sr-only">{text.checkout.shipping}</legend>
        {priced.shippingOptions.map((option, index) => (
          <Choice
            name="method"
            value={option.method}
            checked={priced.cart.shippingMethod ? option.method === priced.cart.shippingMethod : index === 0}
          >
            <span class="flex-1">
              <span class="font-medium">{textIn(option.name, [locale])}</span>
              <span class="block text-sm text-muted">{text.checkout.days(option.days.from, option.days.to)}</span>
            </span>
            {option.price.minor === 0 ? <span>{text.cart.free}</span> : <Amount of={option.price} visitor={visitor} />}
          </Choice>
        ))}
      </fieldset>
      <button class="button w-full">{text.checkout.toPayment}</button>
    </form>
  )
}

/** The ways to pay. */
export const PaymentChoices = ({
  visitor: { text },
  methods,
  chosen,
}: {
  visitor: Visitor
  methods: readonly string[]
  chosen?: string | undefined
}) => (
  <fieldset class="space-y-2">
    <legend class="sr-only">{text.checkout.payment}</legend>
    {methods.map((method, index) => (
      <Choice name="method" value={method} checked={chosen ? method === chosen : index === 0}>
        <span>
          <span class="font-medium">{text.checkout.methods[method as 'card'] ?? method}</span>
          <span class="block text-sm text-muted">{text.checkout.methodHints[method as 'card']}</span>
        </span>
      </Choice>
    ))}
  </fieldset>
)

interface PaymentProps {
  readonly visitor: Visitor
  readonly priced: PricedCart
  readonly methods: readonly string[]
  readonly chosen: string | undefined
  readonly errors: FieldErrors
}

/** The last step: how to pay, the total, and the buyer's yes to exactly this cart for exactly this total. */
export const PaymentForm = ({ visitor, priced, methods, chosen, errors }: PaymentProps) => {
  const { text, locale } = visitor
  const [problem] = priced.problems
  if (problem) return <Blocked visitor={visitor} problem={problem} />
  return (
    <form method="post" action={`/${locale}/checkout/pay`} class="space-y-6">
      <input type="hidden" name="version" value={String(priced.cart.version)} />
      <input type="hidden" name="quoteHash" value={priced.quoteHash} />
      <input type="hidden" name="key" value={randomUUID()} />
      <PaymentChoices visitor={visitor} methods={methods} chosen={chosen} />
      <div>
        <Tick name="agree" required error={errors['agree']}>
          {text.checkout.agree}
        </Tick>
        <p class="pl-8 text-sm text-muted">
          <Policies visitor={visitor} />
        </p>
      </div>
      <div class="space-y-3 border-t border-line pt-5">
        <p class="flex items-baseline justify-between text-lg font-semibold">
          <span>{text.cart.total}</span>
          <Amount of={priced.quote.total} visitor={visitor} />
        </p>
        <button class="button w-full">{text.checkout.pay(format(priced.quote.total, locale))}</button>
        <p class="text-sm text-muted">{text.checkout.trust}</p>
      </div>
    </form>
  )
}

/** Links to the terms and to what happens with personal data. */
export const Policies = ({ visitor: { text, locale } }: { visitor: Visitor }) => {
  const address = (handle: string) =>
    `/${locale}/page/${pages.find((page) => page.handle === handle)?.slug[locale] ?? ''}`
  return (
    <>
      <a class="link" href={address('terms')}>
        {text.checkout.terms}
      </a>
      {' · '}
      <a class="link" href={address('privacy')}>
        {text.checkout.privacy}
      </a>
    </>
  )
}

const Blocked = ({ visitor, problem }: { visitor: Visitor; problem: PricedCart['problems'][number] }) => (
  <div class="notice-bad space-y-3">
    <p>{problemText(visitor, problem)}</p>
    <a class="button-quiet" href={`/${visitor.locale}/cart`}>
      {visitor.text.product.toCart}
    </a>
  </div>
)
