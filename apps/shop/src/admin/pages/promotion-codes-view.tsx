import { textIn } from '@sangdo/core'
import type { Desk, Entered } from '../desk.ts'
import { Field, type Problems, ProblemSummary } from '../parts/form.tsx'
import { Done, timeOf } from '../parts/list.tsx'
import type { CodeBatch, Promotion } from '../types.ts'

interface Shown {
  readonly desk: Desk
  readonly promotion: Promotion
  readonly entered?: Entered
  readonly problems?: Problems
}

const lookAgainAfter = 1500

/** The codes of a promotion, and the forms for more of them. */
export const Codes = ({
  batches,
  done,
  ...shown
}: Shown & { batches: readonly CodeBatch[]; done: string | undefined }) => {
  const { desk, promotion, problems = {} } = shown
  const { promotions } = desk.text
  const name = textIn(promotion.name, [desk.locale])
  const isMaking = batches.some(({ made, count }) => made < count)
  return (
    <>
      <a class="back" href={`/admin/promotions/${promotion.id}`}>
        ← {name}
      </a>
      <div class="head">
        <h1>{promotions.codesOf(name)}</h1>
      </div>
      <Done said={done && promotions.done[done]} />
      <ProblemSummary desk={desk} problems={problems} />
      <p class="big">{promotion.sentence[desk.locale]}</p>
      <div class="panels even">
        <section class="panel stack">
          <h2>{promotions.oneCode}</h2>
          <p class="hint">{promotions.oneCodeHint}</p>
          <Coupons desk={desk} promotion={promotion} />
          {desk.mayAct && <CouponForm {...shown} />}
        </section>
        <section class="panel stack">
          <h2>{promotions.batches}</h2>
          <p class="hint">{promotions.batchesHint}</p>
          <div id="batches" data-part data-again={isMaking ? lookAgainAfter : undefined}>
            <Batches desk={desk} promotion={promotion} batches={batches} />
          </div>
          {desk.mayAct && <BatchForm {...shown} />}
        </section>
      </div>
    </>
  )
}

const Coupons = ({ desk: { text }, promotion }: Shown) => {
  const { promotions } = text
  const limitText = (limit: number | null) => (limit === null ? promotions.unlimited : String(limit))
  if (promotion.coupons.length === 0) return <p>{promotions.noCodes}</p>
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{promotions.code}</th>
          <th scope="col" class="end">
            {promotions.uses}
          </th>
          <th scope="col" class="end">
            {promotions.perBuyer}
          </th>
        </tr>
      </thead>
      <tbody>
        {promotion.coupons.map((coupon) => (
          <tr>
            <td class="strong">{coupon.code}</td>
            <td class="end figures">{promotions.usesOf(coupon.uses, limitText(coupon.limit))}</td>
            <td class="end figures">
              {coupon.limitPerBuyer === null ? promotions.unlimited : promotions.times(coupon.limitPerBuyer)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const CouponForm = ({ desk: { text }, promotion, entered = {}, problems }: Shown) => {
  const { promotions } = text
  const field = (name: string) => ({ name, problems, value: entered[name], autocomplete: 'off' })
  return (
    <form method="post" action={`/admin/promotions/${promotion.id}/coupons`} class="stack part">
      <Field {...field('code')} label={promotions.code} hint={promotions.codeHint} maxlength={100} required />
      <div class="pair">
        <Field {...field('limit')} label={promotions.limit} hint={promotions.limitHint} inputmode="numeric" />
        <Field
          {...field('limitPerBuyer')}
          label={promotions.limitPerBuyer}
          hint={promotions.limitHint}
          inputmode="numeric"
        />
      </div>
      <button class="button-quiet">{promotions.addCoupon}</button>
    </form>
  )
}

const Batches = ({ desk, promotion, batches }: Shown & { batches: readonly CodeBatch[] }) => {
  const { text, locale } = desk
  const { promotions } = text
  const count = (number: number) => number.toLocaleString(locale)
  if (batches.length === 0) return <p>{promotions.noCodes}</p>
  return (
    <ul class="batches">
      {batches.map((batch) => (
        <li>
          <p class="strong">
            {promotions.batchOf(count(batch.count))} {batch.prefix && <span class="hint">{batch.prefix}…</span>}
          </p>
          <p class="hint">{promotions.madeAt(timeOf(batch.createdAt, desk))}</p>
          {batch.made < batch.count ? (
            <p role="status">
              <progress value={batch.made} max={batch.count} aria-label={promotions.batchOf(count(batch.count))} />
              {promotions.makingOf(count(batch.made), count(batch.count))}{' '}
              <a href={`/admin/promotions/${promotion.id}/codes`}>{promotions.refresh}</a>
            </p>
          ) : (
            <p>
              <a href={`/admin/promotions/${promotion.id}/batches/${batch.id}/codes.csv`}>
                {promotions.download}
                <span class="sr-only">: {promotions.batchOf(count(batch.count))}</span>
              </a>
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}

const BatchForm = ({ desk: { text }, promotion, entered = {}, problems }: Shown) => {
  const { promotions } = text
  const field = (name: string) => ({ name, problems, value: entered[name], autocomplete: 'off' })
  return (
    <form method="post" action={`/admin/promotions/${promotion.id}/batches`} class="stack part">
      <div class="pair">
        <Field {...field('count')} label={promotions.count} hint={promotions.countHint} inputmode="numeric" required />
        <Field {...field('prefix')} label={promotions.prefix} hint={promotions.prefixHint} maxlength={10} />
      </div>
      <button class="button-quiet">{promotions.makeCodes}</button>
    </form>
  )
}
