import type { Visitor } from '../visitor.ts'

/** What a visitor sees where there is nothing, or when something broke. */
export const ErrorPage = ({ visitor: { locale, text }, kind }: { visitor: Visitor; kind: 'notFound' | 'fault' }) => (
  <div class="wrap grid place-items-center gap-4 py-16 text-center">
    <img src="/art/empty/notfound.svg" alt="" width="800" height="600" class="w-80 max-w-full" />
    <h1 class="text-3xl sm:text-4xl">{text.error[`${kind}Title`]}</h1>
    <p class="max-w-md text-muted">{text.error[`${kind}Text`]}</p>
    <p class="mt-2 flex flex-wrap justify-center gap-3">
      {kind === 'fault' ? (
        <a href="" class="button">
          {text.error.retry}
        </a>
      ) : (
        <a href={`/${locale}/search`} class="button">
          {text.error.browse}
        </a>
      )}
      <a href={`/${locale}`} class="button-quiet min-h-12">
        {text.error.home}
      </a>
    </p>
  </div>
)
