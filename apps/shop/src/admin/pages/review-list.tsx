import { address, type Desk, type Entered } from '../desk.ts'
import { Field, type Problems, ProblemSummary, Select } from '../parts/form.tsx'
import { Badge, Done, Empty, Pager, Tabs, Time, timeOf } from '../parts/list.tsx'
import type { Review } from '../types.ts'

const path = '/admin/reviews'

/** A page of reviews, with the names of what they are about and of who decided. */
export interface Decided {
  readonly items: readonly Review[]
  readonly next: string | null
  readonly products: Readonly<Record<string, string>>
  readonly names: Readonly<Record<string, string>>
}

/** What was tried on a review and did not work. */
export interface TriedReview {
  readonly reviewId: string
  readonly form: string
  readonly entered: Entered
  readonly problems: Problems
}

interface Listed {
  readonly desk: Desk
  readonly status: Review['status']
  readonly after: string | undefined
  readonly page: Decided
  readonly tried: TriedReview | undefined
}

/** Reviews of a status, each with what can be decided about it. */
export const Reviews = ({ done, ...listed }: Listed & { done: string | undefined }) => {
  const { desk, status, after, page, tried } = listed
  const { reviews } = desk.text
  const tabs = (['pending', 'approved', 'rejected'] as const).map((one) => ({
    href: address(path, one === 'pending' ? {} : { status: one }),
    label: reviews.statuses[one],
    current: one === status,
  }))
  return (
    <>
      <div class="head">
        <h1>{reviews.title}</h1>
      </div>
      <Tabs label={reviews.title} tabs={tabs} />
      <Done said={done && reviews.done[done]} />
      <ProblemSummary desk={desk} problems={tried?.problems ?? {}} />
      {desk.mayAct && <p class="hint big">{reviews.law}</p>}
      <ul class="rows">
        {page.items.map((review) => (
          <li class="panel" id={review.id}>
            <OneReview {...listed} review={review} />
          </li>
        ))}
      </ul>
      {page.items.length === 0 && <Empty title={reviews.none[status]} text={reviews.noneText} />}
      <Pager
        path={path}
        query={{ status: status === 'pending' ? undefined : status, after }}
        next={page.next}
        desk={desk}
      />
    </>
  )
}

const OneReview = (listed: Listed & { review: Review }) => {
  const { desk, review, page } = listed
  const { reviews } = desk.text
  return (
    <>
      <div class="head">
        <h2>
          <span class="stars" role="img" aria-label={reviews.stars(review.stars)}>
            {'★'.repeat(review.stars)}
            {'☆'.repeat(5 - review.stars)}
          </span>{' '}
          {review.title}
        </h2>
        {review.rewarded && <Badge tone="wait">{reviews.rewarded}</Badge>}
      </div>
      <p class="hint">
        {review.author} · <Time at={review.createdAt} desk={desk} />
        {page.products[review.productId] && (
          <>
            {' · '}
            <a href={`/admin/products/${review.productId}`}>{page.products[review.productId]}</a>
          </>
        )}
        {review.orderId.startsWith('ord_') && (
          <>
            {' · '}
            <a href={`/admin/orders/${review.orderId}`}>{reviews.order}</a>
          </>
        )}
      </p>
      <p class="review-text" lang={review.locale}>
        {review.text}
      </p>
      {review.reply && (
        <div class="reply">
          <p class="strong">{reviews.shopSays}</p>
          <p>{review.reply.text}</p>
        </div>
      )}
      <Decisions desk={desk} review={review} names={page.names} />
      {desk.mayAct && <Actions {...listed} />}
    </>
  )
}

const Decisions = ({
  desk,
  review,
  names,
}: {
  desk: Desk
  review: Review
  names: Readonly<Record<string, string>>
}) => {
  const { reviews } = desk.text
  const made = review.decisions.filter((decision) => decision.from !== null)
  return made.length === 0 ? null : (
    <ul class="hint">
      {made.map(({ to, actor, reason, note, at }) => (
        <li>
          {reviews.decided(
            [reviews.to[to], reason && reviews.reasons[reason], note].filter(Boolean).join(' · '),
            names[actor] ?? (actor.startsWith('cus_') ? reviews.submitted : reviews.shopActor),
            timeOf(at, desk),
          )}
        </li>
      ))}
    </ul>
  )
}

const Actions = (listed: Listed & { review: Review }) => {
  const { desk, review, status } = listed
  const { reviews } = desk.text
  return (
    <div class="review-actions">
      {status !== 'approved' && (
        <form method="post" action={`${path}/${review.id}/approve`}>
          <Place {...listed} />
          <button class="button">{reviews.approve}</button>
        </form>
      )}
      {status !== 'rejected' && <Reject {...listed} />}
      {status !== 'rejected' && <Reply {...listed} />}
    </div>
  )
}

/** Where in the list the form stands, so that the same place is shown afterwards. */
const Place = ({ status, after }: Listed) => (
  <>
    <input type="hidden" name="status" value={status} />
    {after && <input type="hidden" name="after" value={after} />}
  </>
)

const triedOn = ({ tried, review }: Listed & { review: Review }, form: string) =>
  tried?.reviewId === review.id && tried.form === form ? tried : undefined

const Reject = (listed: Listed & { review: Review }) => {
  const { desk, review } = listed
  const { reviews, order } = desk.text
  const tried = triedOn(listed, 'rejected')
  return (
    <details open={tried !== undefined}>
      <summary>{reviews.reject}</summary>
      <form method="post" action={`${path}/${review.id}/reject`} class="stack">
        <Place {...listed} />
        <Field name="reason" id={`reason-${review.id}`} label={reviews.reason} problems={tried?.problems}>
          {(attributes) => <Select attributes={attributes} of={reviews.reasons} chosen={tried?.entered['reason']} />}
        </Field>
        <Field
          name="note"
          id={`note-${review.id}`}
          label={reviews.note}
          optional={order.optional}
          hint={reviews.noteHint}
          problems={tried?.problems}
          value={tried?.entered['note']}
          maxlength={500}
        />
        <button class="button button-danger">{reviews.reject}</button>
      </form>
    </details>
  )
}

const Reply = (listed: Listed & { review: Review }) => {
  const { desk, review } = listed
  const { reviews } = desk.text
  const tried = triedOn(listed, 'replied')
  return (
    <details open={tried !== undefined}>
      <summary>{review.reply ? reviews.editReply : reviews.reply}</summary>
      <form method="post" action={`${path}/${review.id}/reply`} class="stack">
        <Place {...listed} />
        <Field
          name="text"
          id={`text-${review.id}`}
          label={reviews.reply}
          hint={reviews.replyHint}
          problems={tried?.problems}
        >
          {(attributes) => (
            <textarea {...attributes} rows={4} maxlength={2000} required>
              {tried?.entered['text'] ?? review.reply?.text ?? ''}
            </textarea>
          )}
        </Field>
        <button class="button">{reviews.saveReply}</button>
      </form>
    </details>
  )
}
