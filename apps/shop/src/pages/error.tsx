import type { Visitor } from '../visitor.ts'

/** What a visitor sees where there is nothing, or when something broke. */
export const ErrorPage = ({ visitor, kind }: { visitor: Visitor; kind: 'notFound' | 'fault' }) => (
  <div class="wrap grid place-items-center gap-6 py-20 text-center">
    <img src="/art/empty/notfound.svg" alt="" width="800" height="600" class="w-72 max-w-full" />
    <h1 class="text-3xl">{visitor.text.error[`${kind}Title`]}</h1>
    <p class="max-w-md text-muted">{visitor.text.error[`${kind}Text`]}</p>
    <p class="flex flex-wrap justify-center gap-3">
      {kind === 'fault' && (
        <a href="" class="button">
          {visitor.text.error.retry}
        </a>
      )}
      <a href={`/${visitor.locale}`} class="button-quiet">
        {visitor.text.error.home}
      </a>
    </p>
  </div>
)
