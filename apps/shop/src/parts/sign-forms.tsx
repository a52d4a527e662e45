import { channels, consentBox } from '../consents.ts'
import type { Visitor } from '../visitor.ts'
import { ErrorSummary, Field, type FieldErrors, Tick } from './form.tsx'
import { Policies } from './payment-form.tsx'

const to = (path: string, next: string) => (next ? `${path}?${new URLSearchParams({ next })}` : path)

/** The form to sign in with; a wrong e-mail address and a wrong password are refused with the same words. */
export const SignIn = ({
  visitor,
  email,
  next,
  wrong,
  left,
}: {
  visitor: Visitor
  email: string
  next: string
  wrong: 'wrong' | 'tooMany' | undefined
  left: boolean
}) => {
  const { text, locale } = visitor
  return (
    <div class="narrow">
      <h1 class="text-3xl sm:text-4xl">{text.sign.in}</h1>
      <p class="mt-3 text-muted">
        {next.includes('/account') || next.includes('/order') || next.includes('/review')
          ? text.account.needed
          : text.sign.inText}
      </p>
      {left && (
        <p class="notice mt-6" role="status">
          {text.account.left}
        </p>
      )}
      {wrong && (
        <p class="notice-bad mt-6" role="alert">
          {text.sign[wrong]}
        </p>
      )}
      <form method="post" action={`/${locale}/sign-in`} class="mt-8 space-y-5">
        <input type="hidden" name="next" value={next} />
        <Field
          name="email"
          label={text.sign.email}
          type="email"
          value={email}
          autocomplete="username"
          maxlength={254}
          required
        />
        <Field
          name="password"
          label={text.sign.password}
          type="password"
          autocomplete="current-password"
          maxlength={128}
          required
        />
        <button class="button w-full">{text.sign.in}</button>
      </form>
      <div class="mt-8 space-y-4 border-t border-line pt-6">
        <p>
          {text.sign.noAccount}{' '}
          <a class="link inline-block py-1 font-medium" href={to(`/${locale}/sign-up`, next)}>
            {text.sign.up}
          </a>
        </p>
        <p class="text-sm text-muted">
          {text.sign.guest}{' '}
          <a class="link inline-block py-1" href={`/${locale}/order-lookup`}>
            {text.menu.orderLookup}
          </a>
        </p>
      </div>
    </div>
  )
}

/** The form to sign up with. Nothing but name, e-mail and password is needed, and no consent is ticked beforehand. */
export const SignUp = ({
  visitor,
  entered,
  next,
  errors,
  wrong,
}: {
  visitor: Visitor
  entered: Readonly<Record<string, string>>
  next: string
  errors: FieldErrors
  wrong: string | undefined
}) => {
  const { text, locale } = visitor
  return (
    <div class="narrow">
      <h1 class="text-3xl sm:text-4xl">{text.sign.up}</h1>
      <p class="mt-3 mb-8 text-muted">{text.sign.upText}</p>
      {wrong && (
        <p class="notice-bad mb-6" role="alert">
          {wrong}
        </p>
      )}
      <ErrorSummary title={text.checkout.errors} errors={errors} />
      <form method="post" action={`/${locale}/sign-up`} class="space-y-5">
        <input type="hidden" name="next" value={next} />
        <Field
          name="name"
          label={text.sign.name}
          errors={errors}
          value={entered['name'] ?? ''}
          autocomplete="name"
          maxlength={100}
          required
        />
        <Field
          name="email"
          label={text.sign.email}
          errors={errors}
          type="email"
          value={entered['email'] ?? ''}
          autocomplete="username"
          maxlength={254}
          required
        />
        <Field
          name="password"
          label={text.sign.password}
          errors={errors}
          hint={text.sign.passwordHint}
          type="password"
          autocomplete="new-password"
          minlength={10}
          maxlength={128}
          required
        />
        <fieldset class="border-t border-line pt-5">
          <legend class="float-left mb-1 w-full text-sm font-medium">{text.sign.consents}</legend>
          <p class="clear-both mb-2 text-sm text-muted">{text.sign.consentsHint}</p>
          {channels.map((channel) => (
            <Tick name={consentBox(channel)} checked={entered[consentBox(channel)] !== undefined}>
              {text.sign.channels[channel]}
            </Tick>
          ))}
        </fieldset>
        <p class="text-sm text-muted">
          {text.sign.agreement} <Policies visitor={visitor} />
        </p>
        <button class="button w-full">{text.sign.up}</button>
      </form>
      <p class="mt-8 border-t border-line pt-6">
        {text.sign.haveAccount}{' '}
        <a class="link inline-block py-1 font-medium" href={to(`/${locale}/sign-in`, next)}>
          {text.sign.in}
        </a>
      </p>
    </div>
  )
}
