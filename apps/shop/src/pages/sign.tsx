import { type Context, Hono } from 'hono'
import { attempt } from '../client.ts'
import { backTo, formOf } from '../forms.ts'
import { page } from '../page.tsx'
import type { FieldErrors } from '../parts/form.tsx'
import { SignIn, SignUp } from '../parts/sign-forms.tsx'
import { channels, consentBox, consentSource, consentVersion } from '../consents.ts'
import { forgetCart, forgetSession, rememberCart, type ShopEnv, type Visitor } from '../visitor.ts'

/** Signing in, up and out. The cart that was filled as a guest comes along. */
export const signRoutes = new Hono<ShopEnv>()
  .get('/sign-in', async (c) => (c.var.visitor.customer ? c.redirect(home(c), 303) : showSignIn(c, {})))
  .post('/sign-in', async (c) => {
    const { email = '', password = '', next } = await formOf(c)
    const answer = await c.var.api.post('/auth/sign-in/email', { email, password })
    if (!answer.ok) return showSignIn(c, { email, next, wrong: answer.status === 429 ? 'tooMany' : 'wrong' })
    const { api } = welcome(c, answer)
    await bringCart(c, api)
    return c.redirect(backTo(next, home(c)), 303)
  })
  .get('/sign-up', async (c) => (c.var.visitor.customer ? c.redirect(home(c), 303) : showSignUp(c, {})))
  .post('/sign-up', async (c) => {
    const form = await formOf(c)
    const { name = '', email = '', password = '' } = form
    const answer = await c.var.api.post('/auth/sign-up/email', { name, email, password })
    if (!answer.ok) return showSignUp(c, form, answer)
    const { api } = welcome(c, answer)
    const { locale } = c.var.visitor
    await attempt(api.me.$patch({ json: { locale } }))
    for (const channel of channels) {
      if (form[consentBox(channel)] !== undefined)
        await attempt(
          api.me.consents.$post({
            json: { channel, decision: 'granted', textVersion: consentVersion(locale), source: consentSource.signUp },
          }),
        )
    }
    await bringCart(c, api)
    return c.redirect(backTo(form['next'], home(c)), 303)
  })
  .post('/sign-out', async (c) => {
    const answer = await c.var.api.post('/auth/sign-out', {})
    pass(c, answer)
    forgetSession(c)
    forgetCart(c)
    return c.redirect(`/${c.var.visitor.locale}`, 303)
  })

const home = (c: Context<ShopEnv>) => `/${c.var.visitor.locale}/account`

/** Hands the cookies of the API's answer on to the browser. */
const pass = (c: Context<ShopEnv>, answer: Response): void =>
  answer.headers.getSetCookie().forEach((cookie) => c.header('set-cookie', cookie, { append: true }))

/** Hands the session on to the browser, and speaks to the API with it from now on. */
function welcome(c: Context<ShopEnv>, answer: Response) {
  pass(c, answer)
  const session = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '')
  return { api: c.var.api.client(session.join('; ')) }
}

type Api = ReturnType<typeof welcome>['api']

/** The guest's cart becomes the customer's; without one, the cart they left elsewhere is found again. */
async function bringCart(c: Context<ShopEnv>, api: Api): Promise<void> {
  const { cartId } = c.var.visitor
  const claimed = cartId ? await attempt(api.carts[':cartId'].claim.$post({ param: { cartId } })) : null
  const cart = claimed?.content ?? (await attempt(api.carts.mine.$get())).content
  if (cart) rememberCart(c, cart)
}

function showSignIn(
  c: Context<ShopEnv>,
  shown: { email?: string; next?: string | undefined; wrong?: 'wrong' | 'tooMany' },
) {
  const { visitor } = c.var
  const next = backTo(shown.next ?? c.req.query('next'), '')
  const status = shown.wrong === 'tooMany' ? 429 : shown.wrong ? 422 : 200
  return page(
    c,
    { title: visitor.text.sign.in },
    <SignIn
      visitor={visitor}
      email={shown.email ?? ''}
      next={next}
      wrong={shown.wrong}
      left={c.req.query('left') !== undefined}
    />,
    status,
  )
}

async function showSignUp(c: Context<ShopEnv>, entered: Record<string, string>, answer?: Response) {
  const { visitor } = c.var
  const next = backTo(entered['next'] ?? c.req.query('next'), '')
  const errors = answer ? signUpErrors(visitor, (await answer.json().catch(() => ({}))) as AuthProblem) : {}
  const unknown = answer && Object.keys(errors).length === 0
  const wrong = answer?.status === 429 ? visitor.text.sign.tooMany : unknown ? visitor.text.sign.refused : undefined
  const status = answer?.status === 429 ? 429 : answer ? 422 : 200
  return page(
    c,
    { title: visitor.text.sign.up },
    <SignUp visitor={visitor} entered={entered} next={next} errors={errors} wrong={wrong} />,
    status,
  )
}

interface AuthProblem {
  readonly code?: string
  readonly message?: string
}

/** Which field the accounts refuse. Their codes name it, or their messages: `[body.email] Invalid email address`. */
function signUpErrors({ text }: Visitor, { code = '', message = '' }: AuthProblem): FieldErrors {
  if (code.startsWith('USER_ALREADY_EXISTS')) return { email: text.sign.taken }
  const named = `${code} ${message}`.toLowerCase()
  const field = (['email', 'password', 'name'] as const).find((one) => named.includes(one))
  return field ? { [field]: text.fields[field] } : {}
}
