import type { PricedCart } from '../client.ts'
import type { Visitor } from '../visitor.ts'

/** The coupon that is used, or the field for one; a refused code says why. */
export const Coupon = ({ visitor, priced, back }: { visitor: Visitor; priced: PricedCart; back: string }) => {
  const { locale, text } = visitor
  const entered = priced.cart.codes[0]
  const refused = priced.quote.refused.find((one) => one.code !== null)?.reason
  const reason = entered && refused ? (text.cart.refused[refused as 'ended'] ?? refused) : undefined
  const accepted = entered && !reason
  return (
    <form method="post" action={`/${locale}/cart/coupon`} class="field">
      <label for="code">{text.cart.coupon}</label>
      <input type="hidden" name="back" value={back} />
      <div class="flex gap-2">
        <input
          id="code"
          name="code"
          value={entered ?? ''}
          readonly={Boolean(accepted)}
          autocomplete="off"
          autocapitalize="characters"
          maxlength={100}
          aria-describedby={reason ? 'code-error' : undefined}
          aria-invalid={reason ? 'true' : undefined}
          class="min-w-0 flex-1"
        />
        {!accepted && <button class="button-quiet min-h-12">{text.cart.apply}</button>}
        {entered && (
          <button class="button-quiet min-h-12 shrink-0" name="drop" value="1">
            {text.cart.drop}
          </button>
        )}
      </div>
      {reason && (
        <p id="code-error" class="error" role="status">
          {reason}
        </p>
      )}
    </form>
  )
}
