import { createNewId, issuesOf, type Now } from '@sangdo/core'
import type { Db } from '@sangdo/core/server'
import { dialectOf } from '@sangdo/core/server'
import { Registration } from '@sangdo/crm'
import { type BetterAuthOptions, betterAuth } from 'better-auth'
import { getMigrations } from 'better-auth/db/migration'
import { APIError } from 'better-auth/api'
import { HTTPException } from 'hono/http-exception'

/** What staff may do: look (viewer), work (operator), decide who works (owner). Each includes the former. */
export const roles = ['viewer', 'operator', 'owner'] as const
export type Role = (typeof roles)[number]

export interface AuthOptions {
  readonly db: Db
  readonly now: Now
  /** Signs the cookies: at least 32 random characters. */
  readonly secret: string
  /** The address of the API, and those of the pages that may call it from a browser. */
  readonly baseUrl: string
  readonly trustedOrigins: readonly string[]
  /** Told when someone has signed up, in time to make them a customer. */
  readonly onSignUp: (user: { id: string; email: string; name: string }) => Promise<void>
}

export type Auth = ReturnType<typeof createAuth>

/** Accounts of customers and of staff: two sets of tables and cookies, so that no customer is ever one field away from staff. */
export function createAuth(options: AuthOptions) {
  const customers = betterAuth(accounts(options, 'customer', 'cus'))
  const staff = betterAuth({
    ...accounts(options, 'staff', 'stf'),
    user: {
      modelName: 'auth_staff',
      additionalFields: { role: { type: 'string', required: true, input: false, defaultValue: 'viewer' } },
    },
  })
  return {
    customers,
    staff,
    addStaff: addStaff(staff as unknown as Accounts),
    forget: forget(customers as unknown as Accounts, options.db),
  }
}

const fifteenMinutes = 900

function accounts(
  { db, now, secret, baseUrl, trustedOrigins, onSignUp }: AuthOptions,
  kind: 'customer' | 'staff',
  prefix: string,
) {
  const newId = createNewId(now)
  const isStaff = kind === 'staff'
  const after = async ({ id, email, name }: { id: string; email: string; name: string }) =>
    onSignUp({ id, email, name })
  return {
    database: { db, type: dialectOf(db) },
    secret,
    baseURL: baseUrl,
    basePath: isStaff ? '/admin/auth' : '/auth',
    trustedOrigins: [...trustedOrigins],
    telemetry: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: { enabled: true, minPasswordLength: 10, maxPasswordLength: 128, disableSignUp: isStaff },
    user: { modelName: `auth_${kind}` },
    session: { modelName: `auth_${kind}_session`, expiresIn: isStaff ? 12 * 3600 : 30 * 86_400 },
    account: { modelName: `auth_${kind}_account` },
    verification: { modelName: `auth_${kind}_verification` },
    rateLimit: {
      enabled: true,
      storage: 'database',
      modelName: `auth_${kind}_rate`,
      window: fifteenMinutes,
      max: 1000,
      customRules: {
        '/sign-in/email': { window: fifteenMinutes, max: 10 },
        '/sign-up/email': { window: 3600, max: 20 },
      },
    },
    advanced: {
      cookiePrefix: isStaff ? 'sangdo-staff' : 'sangdo',
      defaultCookieAttributes: { httpOnly: true, sameSite: isStaff ? 'strict' : 'lax' },
      ipAddress: { ipAddressHeaders: ['x-client-ip'] },
      database: { generateId: ({ model }: { model: string }) => newId(model === 'user' ? prefix : 'aut') },
    },
    ...(isStaff ? {} : { databaseHooks: { user: { create: { before: checkCustomer, after } } } }),
  } satisfies BetterAuthOptions
}

const NewAccount = Registration.pick({ email: true, name: true })

/** No account without a customer: what crm would refuse is refused before the account exists. */
async function checkCustomer({ email, name }: { email: string; name: string }): Promise<void> {
  const checked = NewAccount.safeParse({ email, name })
  if (checked.success) return
  const [issue] = issuesOf(checked.error)
  throw new APIError('UNPROCESSABLE_ENTITY', { code: 'INVALID_INPUT', message: `${issue?.field}: ${issue?.message}` })
}

/** Brings the tables of both sets of accounts up to date. */
export async function migrateAuth(auth: Auth): Promise<void> {
  for (const { options } of [auth.customers, auth.staff]) await (await getMigrations(options)).runMigrations()
}

/** The part of an account library's inside that is needed where nobody signs up or in. */
interface Accounts {
  readonly $context: Promise<{
    internalAdapter: {
      createUser: (user: object) => Promise<{ id: string }>
      linkAccount: (account: object) => Promise<unknown>
      deleteUser: (id: string) => Promise<unknown>
    }
    password: { hash: (password: string) => Promise<string> }
  }>
}

/** Adds a member of staff, who cannot sign up by themselves. */
const addStaff =
  (staff: Accounts) =>
  async ({ password, ...person }: { email: string; name: string; password: string; role: Role }): Promise<string> => {
    const { internalAdapter, password: passwords } = await staff.$context
    const { id } = await internalAdapter.createUser({ ...person, emailVerified: true })
    await internalAdapter.linkAccount({
      userId: id,
      accountId: id,
      providerId: 'credential',
      password: await passwords.hash(password),
    })
    return id
  }

/** Ends every session of a customer and deletes their account. */
const forget =
  (customers: Accounts, db: Db) =>
  async (customerId: string): Promise<void> => {
    await db.deleteFrom('auth_customer_session').where('userId', '=', customerId).execute()
    await db.deleteFrom('auth_customer_account').where('userId', '=', customerId).execute()
    await (await customers.$context).internalAdapter.deleteUser(customerId)
  }

/** Who is asking. Sessions are read from the database only when a handler wants to know. */
export interface Access {
  /** For scopes and logs: the customer, the member of staff, or a guest at an address. */
  readonly actor: string
  readonly customerId: `cus_${string}` | null
  readonly staff: { readonly id: string; readonly name: string; readonly email: string; readonly role: Role } | null
  /** The customer. Refuses with 401 when nobody has signed in. */
  readonly requireCustomer: () => `cus_${string}`
  /** The member of staff of at least this role. Refuses with 401 or 403. */
  readonly requireStaff: (role: Role) => NonNullable<Access['staff']>
}

/** Reads who is asking from the cookies of a request. */
export async function accessOf(auth: Auth, headers: Headers, clientIp: string): Promise<Access> {
  const cookies = headers.get('cookie') ?? ''
  const customer = /(^|; ?)(__Secure-)?sangdo\.session_token=/.test(cookies)
    ? await auth.customers.api.getSession({ headers })
    : null
  const member = cookies.includes('sangdo-staff.session_token=') ? await auth.staff.api.getSession({ headers }) : null
  const customerId = (customer?.user.id ?? null) as Access['customerId']
  const staff = member && {
    id: member.user.id,
    name: member.user.name,
    email: member.user.email,
    role: roleOf(member.user.role),
  }
  return {
    actor: staff?.id ?? customerId ?? `guest ${clientIp}`,
    customerId,
    staff,
    requireCustomer: () => customerId ?? refuse(401, 'Sign in first'),
    requireStaff: (role) => {
      if (!staff) return refuse(401, 'Sign in first')
      return roles.indexOf(staff.role) >= roles.indexOf(role) ? staff : refuse(403, `This needs the role ${role}`)
    },
  }
}

const roleOf = (role: string): Role => roles.find((known) => known === role) ?? 'viewer'

function refuse(status: 401 | 403, message: string): never {
  throw new HTTPException(status, { message })
}
