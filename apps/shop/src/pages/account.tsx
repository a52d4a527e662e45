import { type Context, Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { attempt, content, type Refusal, type SavedAddress } from '../client.ts'
import { channels, consentSource, consentVersion } from '../consents.ts'
import { fieldErrors, formOf } from '../forms.ts'
import { page } from '../page.tsx'
import { AccountFrame, Addresses, Leave, Orders, Profile } from '../parts/account.tsx'
import { addressFields } from '../parts/delivery-form.tsx'
import { forgetCart, forgetSession, type ShopEnv } from '../visitor.ts'

/** What members see of themselves: profile and consents, address book, orders, the way out. */
export const accountRoutes = new Hono<ShopEnv>()
  .use('/account/*', async (c, next) => {
    if (c.var.visitor.customer) return next()
    return c.redirect(`/${c.var.visitor.locale}/sign-in?${new URLSearchParams({ next: c.req.path })}`, 303)
  })
  .get('/account', (c) => showProfile(c))
  .post('/account/profile', async (c) => {
    const form = await formOf(c)
    const changed = await attempt(
      c.var.visitor.api.me.$patch({ json: { name: form['name'] ?? '', phone: form['phone'] || null } }),
    )
    return changed.refusal
      ? showProfile(c, { entered: form, refusal: changed.refusal })
      : c.redirect(`${addressOf(c)}?saved=1`, 303)
  })
  .post('/account/consent', async (c) => {
    const form = await formOf(c)
    const { api, locale } = c.var.visitor
    const channel = channels.find((one) => one === form['channel'])
    const decision = form['decision'] === 'granted' ? 'granted' : 'withdrawn'
    if (channel)
      await attempt(
        api.me.consents.$post({
          json: { channel, decision, textVersion: consentVersion(locale), source: consentSource.account },
        }),
      )
    return c.redirect(`${addressOf(c)}?saved=1#consents`, 303)
  })
  .get('/account/leave', (c) => showLeave(c))
  .post('/account/leave', async (c) => {
    const { sure } = await formOf(c)
    const { api, locale, text } = c.var.visitor
    if (sure === undefined) return showLeave(c, text.account.leaveError)
    await content(api.me.$delete())
    forgetSession(c)
    forgetCart(c)
    return c.redirect(`/${locale}/sign-in?left=1`, 303)
  })
  .get('/account/addresses', (c) => showAddresses(c))
  .post('/account/addresses', async (c) => {
    const form = await formOf(c)
    const address = Object.fromEntries(
      addressFields.flatMap((field) => (form[field] ? [[field, form[field]]] : [])),
    ) as SavedAddress['address']
    const json = { address, label: form['label'] || null, isDefault: form['default'] !== undefined }
    const added = await attempt(c.var.visitor.api.me.addresses.$post({ json }))
    return added.refusal
      ? showAddresses(c, { entered: form, refusal: added.refusal })
      : c.redirect(`${addressOf(c)}/addresses?saved=1`, 303)
  })
  .post('/account/addresses/remove', async (c) => {
    const { id = '' } = await formOf(c)
    if (isAddressId(id))
      await attempt(c.var.visitor.api.me.addresses[':addressId'].$delete({ param: { addressId: id } }))
    return c.redirect(`${addressOf(c)}/addresses`, 303)
  })
  .get('/account/orders', async (c) => {
    const { visitor } = c.var
    const after = c.req.query('after')
    const list = await content(visitor.api.me.orders.$get({ query: { limit: '20', ...(after ? { after } : {}) } }))
    return framed(c, 'orders', <Orders visitor={visitor} list={list} continued={after !== undefined} />)
  })

const addressOf = (c: Context<ShopEnv>) => `/${c.var.visitor.locale}/account`
const isAddressId = (text: string): text is `adr_${string}` => text.startsWith('adr_')

/** A form that was refused: what was entered, and why it was. */
interface Refused {
  readonly entered?: Readonly<Record<string, string>>
  readonly refusal?: Refusal
}

function framed(c: Context<ShopEnv>, here: 'profile' | 'orders' | 'addresses', children: Child, refused = false) {
  const { visitor } = c.var
  const saved = c.req.query('saved') !== undefined && !refused
  return page(
    c,
    { title: `${visitor.text.account[here]} · ${visitor.text.account.title}` },
    <AccountFrame visitor={visitor} here={here} saved={saved}>
      {children}
    </AccountFrame>,
    refused ? 422 : 200,
  )
}

async function showProfile(c: Context<ShopEnv>, { entered = {}, refusal }: Refused = {}) {
  const { visitor } = c.var
  const consents = await content(visitor.api.me.consents.$get())
  return framed(
    c,
    'profile',
    <Profile visitor={visitor} consents={consents} entered={entered} errors={fieldErrors(visitor, refusal)} />,
    refusal !== undefined,
  )
}

async function showAddresses(c: Context<ShopEnv>, { entered = {}, refusal }: Refused = {}) {
  const { visitor } = c.var
  const saved = await content(visitor.api.me.addresses.$get())
  const full = refusal?.code === 'crm.address_book_full' ? visitor.text.account.full : undefined
  return framed(
    c,
    'addresses',
    <Addresses visitor={visitor} saved={saved} entered={entered} errors={fieldErrors(visitor, refusal)} wrong={full} />,
    refusal !== undefined,
  )
}

const showLeave = (c: Context<ShopEnv>, error?: string) =>
  framed(c, 'profile', <Leave visitor={c.var.visitor} error={error} />, error !== undefined)
