import { textIn } from '@sangdo/core'
import type { Shelf } from '../../client.ts'
import { address, type Desk, type Entered } from '../desk.ts'
import { Field, type Problems, ProblemSummary } from '../parts/form.tsx'
import type { Promotion } from '../types.ts'
import { Beside, type Tried } from './promotion-aside.tsx'
import { Limits, Reach, Shares, Stacking, When, Who } from './promotion-conditions.tsx'
import { Gives } from './promotion-kinds.tsx'
import { Spending } from './promotion-list.tsx'
import { fieldsOf } from './promotion-parts.tsx'
import type { Kind } from './promotion-read.ts'

/** What the page of a promotion shows; `known` is the promotion as it is stored, for one that is changed. */
export interface Written {
  readonly desk: Desk
  readonly shelves: readonly Shelf[]
  readonly kind: Kind
  readonly entered: Entered
  readonly problems: Problems
  readonly known: Promotion | undefined
  readonly tried: Tried
}

/** The form of a promotion of one kind; beside it, what it means and what it does. */
export const PromotionForm = ({ known, tried, kind, ...form }: Written) => {
  const { desk, entered, problems } = form
  const { promotions, promotionForm: words, error } = desk.text
  const field = fieldsOf(form)
  const path = `/admin/promotions/${known?.id ?? 'new'}`
  return (
    <>
      <a class="back" href="/admin/promotions">
        ← {promotions.title}
      </a>
      <div class="head">
        <h1>{known ? textIn(known.name, [desk.locale]) : words.newTitle}</h1>
        {known && <Links known={known} desk={desk} />}
      </div>
      <ProblemSummary desk={desk} problems={problems} />
      {known && <Spending desk={desk} promotion={known} />}
      {desk.mayAct ? (
        <form method="post" action={path} class="panels builder" data-live>
          <div>
            {/* Enter in a field looks and does not save. */}
            <button name="preview" value="yes" class="sr-only" tabindex={-1} aria-hidden="true" />
            <input type="hidden" name="kind" value={kind} />
            <input type="hidden" name="active" value={entered['active'] ?? 'yes'} />
            <section class="panel stack">
              <h2>{words.names}</h2>
              <div class="pair">
                <Field {...field('nameKo')} label={words.nameKo} hint={words.nameHint} maxlength={100} />
                <Field {...field('nameEn')} label={words.nameEn} maxlength={100} />
              </div>
            </section>
            <Gives {...form} kind={kind} isNew={!known} />
            {kind === 'share_only' && <Shares {...form} isWhole />}
            <Reach {...form} />
            <Who {...form} />
            <When {...form} />
            <Limits {...form} />
            <Stacking {...form} />
            {kind !== 'share_only' && <Shares {...form} isWhole={false} />}
          </div>
          <Beside desk={desk} tried={tried} />
        </form>
      ) : (
        <p class="hint">{error.deniedText}</p>
      )}
    </>
  )
}

const Links = ({ known, desk: { text, mayAct } }: { known: Promotion; desk: Desk }) => (
  <p class="actions">
    {(known.needsCode || known.coupons.length > 0) && (
      <a class="button-quiet" href={`/admin/promotions/${known.id}/codes`}>
        {text.promotions.codes}
      </a>
    )}
    {mayAct && (
      <a class="button-quiet" href={address('/admin/promotions/new', { from: known.id })}>
        {text.promotions.duplicate}
      </a>
    )}
  </p>
)
