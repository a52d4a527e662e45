import { createRoute, z } from '@hono/zod-openapi'
import { AddressId, Consent, Customer, CustomerChange, NewAddress, NewConsent, SavedAddress } from '@sangdo/crm'
import { body, createHttp, done, refused, reply } from '../http.ts'
import { OwnCoupon, ownCoupons } from '../views/coupon.ts'

const tags = ['Account']
const oneAddress = { params: z.object({ addressId: AddressId }) }

const me = createRoute({
  method: 'get',
  path: '/me',
  tags,
  summary: 'The customer who has signed in',
  responses: { 200: reply(Customer), default: refused },
})

const change = createRoute({
  method: 'patch',
  path: '/me',
  tags,
  summary: 'Change name, phone or language',
  request: { body: body(CustomerChange) },
  responses: { 200: reply(Customer), default: refused },
})

const leave = createRoute({
  method: 'delete',
  path: '/me',
  tags,
  summary: 'Leave: the profile is made anonymous and every session ends',
  responses: { 204: done, default: refused },
})

const addresses = createRoute({
  method: 'get',
  path: '/me/addresses',
  tags,
  summary: 'The address book, default first',
  responses: { 200: reply(z.array(SavedAddress)), default: refused },
})

const addAddress = createRoute({
  method: 'post',
  path: '/me/addresses',
  tags,
  summary: 'Add an address',
  request: { body: body(NewAddress) },
  responses: { 201: reply(SavedAddress), default: refused },
})

const dropAddress = createRoute({
  method: 'delete',
  path: '/me/addresses/{addressId}',
  tags,
  summary: 'Forget an address',
  request: oneAddress,
  responses: { 204: done, default: refused },
})

const consents = createRoute({
  method: 'get',
  path: '/me/consents',
  tags,
  summary: 'What the customer has consented to, now',
  responses: { 200: reply(z.array(Consent)), default: refused },
})

const consent = createRoute({
  method: 'post',
  path: '/me/consents',
  tags,
  summary: 'Grant or withdraw a consent',
  request: { body: body(NewConsent) },
  responses: { 201: reply(Consent), default: refused },
})

const coupons = createRoute({
  method: 'get',
  path: '/me/coupons',
  tags,
  summary: 'The coupon codes that were issued to the customer and can still be used, first what expires first',
  responses: { 200: reply(z.array(OwnCoupon)), default: refused },
})

export const accountRoutes = createHttp()
  .openapi(me, async (c) => c.json(await c.var.shop.crm.customerOf(c.var.db, c.var.access.requireCustomer()), 200))
  .openapi(change, async (c) =>
    c.json(await c.var.shop.crm.update(c.var.db, c.var.access.requireCustomer(), c.req.valid('json')), 200),
  )
  .openapi(leave, async (c) => {
    await c.var.leave(c.var.access.requireCustomer())
    return c.body(null, 204)
  })
  .openapi(addresses, async (c) => {
    const customerId = c.var.access.requireCustomer()
    return c.json((await c.var.shop.crm.addressesOf(c.var.db, [customerId]))[customerId] ?? [], 200)
  })
  .openapi(addAddress, async (c) =>
    c.json(await c.var.shop.crm.addAddress(c.var.db, c.var.access.requireCustomer(), c.req.valid('json')), 201),
  )
  .openapi(dropAddress, async (c) => {
    await c.var.shop.crm.removeAddress(c.var.db, c.var.access.requireCustomer(), c.req.valid('param').addressId)
    return c.body(null, 204)
  })
  .openapi(consents, async (c) => {
    const customerId = c.var.access.requireCustomer()
    return c.json((await c.var.shop.crm.consentsOf(c.var.db, [customerId]))[customerId] ?? [], 200)
  })
  .openapi(consent, async (c) =>
    c.json(await c.var.shop.crm.recordConsent(c.var.db, c.var.access.requireCustomer(), c.req.valid('json')), 201),
  )
  .openapi(coupons, async (c) => {
    const { shop, db, access } = c.var
    const { email } = await shop.crm.customerOf(db, access.requireCustomer())
    const wallet = email === null ? [] : await shop.pricing.walletOf(db, { email })
    return c.json(await ownCoupons(shop, db, wallet), 200)
  })
