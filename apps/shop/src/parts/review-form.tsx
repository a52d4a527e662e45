import { textIn } from '@sangdo/core'
import type { OrderView } from '../client.ts'
import type { Visitor } from '../visitor.ts'
import { ErrorSummary, Field, FieldError, type FieldErrors } from './form.tsx'

interface Shown {
  readonly visitor: Visitor
  readonly line: OrderView['order']['lines'][number]
  readonly number: string
  readonly entered: Readonly<Record<string, string>>
  readonly errors: FieldErrors
  /** Why the review was refused, where no field is to blame. */
  readonly wrong: string | undefined
}

/** The form for a review: stars, a title if wanted, the text. */
export const ReviewForm = ({ visitor, line, number, entered, errors, wrong }: Shown) => {
  const { text, locale } = visitor
  return (
    <div class="mx-auto w-full max-w-[38rem] px-4 pt-10 lg:pt-14">
      <h1 class="text-3xl">{text.review.title}</h1>
      <div class="mt-6 flex items-center gap-4 border-y border-line py-4">
        {line.image && <img src={line.image.url} alt="" width="72" height="72" class="size-18 object-cover" />}
        <p>
          <span class="font-medium">{textIn(line.name, [locale])}</span>
          <span class="block text-sm text-muted">{textIn(line.options, [locale])}</span>
        </p>
      </div>
      <div class="mt-8">
        {wrong && (
          <p class="notice-bad mb-6" role="alert">
            {wrong}
          </p>
        )}
        <ErrorSummary title={text.checkout.errors} errors={errors} />
        <form method="post" action={`/${locale}/review/${line.id}?order=${number}`} class="space-y-6">
          <StarChoice visitor={visitor} chosen={entered['stars']} error={errors['stars']} />
          <Field
            name="title"
            label={text.review.heading}
            note={text.checkout.optional}
            errors={errors}
            value={entered['title'] ?? ''}
            maxlength={100}
          />
          <Field
            name="text"
            label={text.review.text}
            hint={text.review.textHint}
            errors={errors}
            value={entered['text'] ?? ''}
            rows={7}
            minlength={10}
            maxlength={4000}
            required
          />
          <p class="text-sm text-muted">{text.review.note}</p>
          <button class="button w-full">{text.review.submit}</button>
        </form>
      </div>
    </div>
  )
}

const StarChoice = ({
  visitor: { text },
  chosen,
  error,
}: {
  visitor: Visitor
  chosen: string | undefined
  error: string | undefined
}) => (
  <fieldset id="stars" aria-describedby={error ? 'stars-error' : undefined}>
    <legend class="mb-2 text-sm font-medium">{text.review.stars}</legend>
    <div class="grid gap-2 sm:grid-cols-5">
      {text.review.starNames.map((name, index) => (
        <label class="flex min-h-12 cursor-pointer items-center gap-3 rounded-sm border border-line-strong bg-surface px-3 py-2 has-checked:border-ink has-checked:shadow-[inset_0_0_0_1px_var(--ink)] has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus sm:flex-col sm:items-start sm:gap-1">
          <span class="flex items-center gap-2">
            <input
              type="radio"
              name="stars"
              value={String(index + 1)}
              checked={chosen === String(index + 1)}
              required
              class="size-5 accent-action"
            />
            <span class="font-semibold tabular-nums">
              {index + 1}{' '}
              <span class="text-accent" aria-hidden="true">
                ★
              </span>
            </span>
          </span>
          <span class="text-sm text-muted">{name}</span>
        </label>
      ))}
    </div>
    {error && (
      <div class="field mt-1.5">
        <FieldError name="stars" message={error} />
      </div>
    )}
  </fieldset>
)
