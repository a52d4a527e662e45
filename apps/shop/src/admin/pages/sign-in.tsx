import { type Context, Hono } from 'hono'
import { setCookie } from 'hono/cookie'
import { address, type Desk, type DeskEnv, formOf, insideOf, languageCookie } from '../desk.ts'
import { deskPage } from '../layout.tsx'
import { Field, ProblemSummary } from '../parts/form.tsx'

const year = 365 * 86_400

/** What can be done without having signed in: signing in, and choosing a language. */
export const signInRoutes = new Hono<DeskEnv>()
  .get('/sign-in', (c) => showSignIn(c))
  .post('/sign-in', async (c) => {
    const { email = '', password = '', next } = await formOf(c)
    const response = await c.var.api.post('/admin/auth/sign-in/email', { email, password })
    if (!response.ok) return showSignIn(c, { email, next, refused: response.status })
    return sent(c, response, insideOf(next))
  })
  .post('/sign-out', async (c) => sent(c, await c.var.api.post('/admin/auth/sign-out', {}), '/admin/sign-in'))
  .post('/language', async (c) => {
    const { to, back } = await formOf(c)
    if (to === 'ko' || to === 'en')
      setCookie(c, languageCookie, to, { path: '/admin', maxAge: year, sameSite: 'Lax', httpOnly: true })
    return c.redirect(insideOf(back), 303)
  })

/** Sends the browser on, with the cookies that the API gives or takes away. */
function sent(c: Context<DeskEnv>, { headers }: Response, to: string): Response {
  for (const cookie of headers.getSetCookie()) c.header('set-cookie', cookie, { append: true })
  return c.redirect(to, 303)
}

interface Tried {
  readonly email?: string
  readonly next?: string | undefined
  readonly refused?: number
}

function showSignIn(c: Context<DeskEnv>, { email, next = c.req.query('next'), refused }: Tried = {}) {
  const { desk } = c.var
  const problem = refused === 429 ? desk.text.signIn.tooMany : refused ? desk.text.signIn.refused : null
  const body = (
    <SignIn desk={{ ...desk, here: address('/admin/sign-in', { next }) }} email={email} next={next} problem={problem} />
  )
  return deskPage(c, { title: desk.text.signIn.title }, body, refused === 429 ? 429 : refused ? 422 : 200)
}

const SignIn = ({
  desk,
  email,
  next,
  problem,
}: {
  desk: Desk
  email: string | undefined
  next: string | undefined
  problem: string | null
}) => {
  const { text } = desk
  return (
    <>
      <h1>{text.signIn.title}</h1>
      {next && !problem && <p class="hint">{text.signIn.needed}</p>}
      <form method="post" action="/admin/sign-in" class="stack mt">
        <ProblemSummary desk={desk} problems={problem ? { form: problem } : {}} />
        {next && <input type="hidden" name="next" value={next} />}
        <Field name="email" label={text.signIn.email} type="email" value={email} autocomplete="username" required />
        <Field name="password" label={text.signIn.password} type="password" autocomplete="current-password" required />
        <button class="button">{text.signIn.submit}</button>
      </form>
    </>
  )
}
