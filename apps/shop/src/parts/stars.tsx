import type { Visitor } from '../visitor.ts'

const five = [1, 2, 3, 4, 5]

/** So many stars out of five: drawn for eyes, in words for screen readers. */
export const Stars = ({ count, visitor }: { count: number; visitor: Visitor }) => (
  <span class="tracking-[0.1em]">
    <span aria-hidden="true">
      {five.map((at) => (
        <span class={at <= Math.round(count) ? 'text-accent' : 'text-line-strong'}>★</span>
      ))}
    </span>
    <span class="sr-only">{visitor.text.reviews.stars(count)}</span>
  </span>
)
