import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { createPayments } from '@sangdo/payments/server'
import { sampleRequest } from '@sangdo/payments/testing'
import { practises, providersIn } from '../src/providers.ts'

const toss = { TOSS_SECRET_KEY: 'test_sk_secret1', TOSS_WEBHOOK_TOKEN: 'secret2' }
const stripe = { STRIPE_SECRET_KEY: 'sk_test_secret3', STRIPE_WEBHOOK_SECRET: 'whsec_secret4,whsec_secret5' }
const paypal = { PAYPAL_CLIENT_ID: 'secret6', PAYPAL_CLIENT_SECRET: 'secret7', PAYPAL_WEBHOOK_ID: 'WH-1' }
const portone = {
  PORTONE_API_SECRET: 'secret8',
  PORTONE_STORE_ID: 'store-1',
  PORTONE_CHANNEL_KEY: 'channel-key-1',
  PORTONE_WEBHOOK_SECRET: 'whsec_c2VjcmV0',
}
const all = { ...stripe, ...paypal, ...portone, ...toss }
const unreached: typeof fetch = async () => {
  throw new Error('nobody is to be asked')
}
const read = (env: Record<string, string>, fetch = unreached) =>
  providersIn(env, { apiUrl: 'https://api.shop.example', fetch })
const ids = async (env: Record<string, string>) => (await read(env)).providers.map(({ id }) => id)
const originsOf = async (env: Record<string, string>) => (await read(env)).payOrigins

/** What is said to whoever starts a shop with such an environment, which does not start. */
const refusalOf = (env: Record<string, string>) =>
  read(env).then(
    () => 'nothing',
    (error: Error) => error.message,
  )

describe('the payment companies of a shop', () => {
  test.each([
    ['none without a key', {}, []],
    ['none for a variable that is there but empty', { STRIPE_SECRET_KEY: ' ' }, []],
    ['Stripe with its keys', stripe, ['stripe']],
    ['two at once', { ...stripe, ...toss }, ['toss', 'stripe']],
    ['all four', all, ['toss', 'portone', 'stripe', 'paypal']],
  ])('are those whose keys the environment holds: %s', async (_, env, expected) => {
    expect(await ids(env)).toEqual(expected)
  })

  const halves = Object.entries({ toss, stripe, paypal, portone }).flatMap(([name, env]) =>
    Object.keys(env).map((missing) => [name, missing, env] as const),
  )
  test.each(halves)(
    '%s without %s is refused in one sentence that names it and shows no key',
    async (_, missing, env) => {
      const half = Object.fromEntries(Object.entries<string>(env).filter(([variable]) => variable !== missing))
      const said = await refusalOf({ ...half, [missing]: '' })
      expect(said).toMatch(new RegExp(`^${missing} is not set, though [A-Z_]+ is: .+ cannot be used without it$`))
      expect(said).not.toMatch(/secret\d/)
    },
  )

  test('a key with a line break or a space in it is refused by the name of its variable', async () => {
    const said = await refusalOf({ ...toss, TOSS_SECRET_KEY: 'secret1\nsecret2' })
    expect(said).toMatch(/^TOSS_SECRET_KEY holds a space/)
    expect(said).not.toMatch(/secret\d/)
  })

  test('the practice provider is there where no other is, or where it is asked for', () => {
    expect([practises({}, false), practises({}, true), practises({ PRACTICE: 'on' }, true)]).toEqual([
      true,
      false,
      true,
    ])
    expect(practises({ PRACTICE: 'off' }, true)).toBe(false)
    expect(() => practises({ PRACTICE: 'off' }, false)).toThrow('no other payment provider is configured')
    expect(() => practises({ PRACTICE: 'yes' }, false)).toThrow('PRACTICE is either on or off')
  })

  test("buyers may be sent to the companies' own pages, and no others", async () => {
    expect(await originsOf(stripe)).toEqual(['https://checkout.stripe.com'])
    expect(await originsOf(portone)).toEqual(['https://api.shop.example'])
    expect(await originsOf({ ...portone, PORTONE_PAGE_URL: 'https://shop.example/pay' })).toEqual([
      'https://shop.example',
    ])
  })

  test.each(['toss', 'portone', 'stripe', 'paypal'])(
    'no error of %s shows a key, even when the network quotes what was sent',
    async (id) => {
      const quoting: typeof fetch = async (input, init) => {
        const sent = new Request(input, init)
        throw Object.assign(new TypeError(`Headers.append: ${sent.headers.get('authorization')} is invalid`), {
          cause: { code: 'UND_ERR', sent: JSON.stringify([...sent.headers]) },
        })
      }
      const { providers } = await read(all, quoting)
      const provider = providers.find((one) => one.id === id)
      const error = await provider
        ?.start(sampleRequest('att_000001', { amount: { minor: 2_700, currency: 'USD' } }))
        .then(
          () => null,
          (reason: unknown) => reason,
        )
      const told = await provider?.find('att_000001').then(
        () => null,
        (reason: unknown) => reason,
      )
      const shown = inspect([error, told], { depth: 20, showHidden: true })
      const encoded = [...Object.values(all), btoa('test_sk_secret1:'), btoa('secret6:secret7')]
      expect(told).toBeInstanceOf(Error)
      expect(encoded.filter((key) => key.length > 6 && shown.includes(key))).toEqual([])
    },
  )

  test('a shop with two companies offers the methods of both', async () => {
    const { providers } = await read({ ...toss, ...stripe })
    const payments = createPayments({ providers })
    expect(payments.methods()).toContainEqual({ method: 'virtual_account', provider: 'toss' })
    expect(payments.methods()).toContainEqual({ method: 'card', provider: 'stripe' })
  })

  test('a shop with half a company does not start, and says why in one line', async () => {
    const main = join(import.meta.dirname, '../src/main.ts')
    const child = spawn(process.execPath, ['--conditions=@sangdo/source', '--import', 'tsx', main], {
      env: { ...process.env, ...stripe, STRIPE_WEBHOOK_SECRET: '', DATABASE_URL: ':memory:' },
      cwd: join(import.meta.dirname, '..'),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()))
    const [code] = await once(child, 'close')
    expect([code, said.trim()]).toEqual([
      1,
      'STRIPE_WEBHOOK_SECRET is not set, though STRIPE_SECRET_KEY is: Stripe cannot be used without it',
    ])
  })
})
