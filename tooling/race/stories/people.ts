import { differs, good, type Story, times, unexpected } from '../story.ts'

const mug = 'SG-CUP-0101'

/** What people do twice at once: sign up, sign in, agree. */
export const people: readonly Story[] = [
  {
    name: 'a guest who signs in in many tabs has one cart, with what was in it',
    round: async ({ cart, command, shop, db }) => {
      const customer = `cus_${crypto.randomUUID().replaceAll('-', '').slice(0, 26)}` as const
      const { id } = await cart([{ sku: mug, quantity: 3 }])
      return {
        asks: times(6, () => () => command('claim', { cart: id, customer })),
        faults: async (answers) => {
          const own = await shop.orders.carts.cartOfCustomer(db, customer)
          return [
            ...unexpected(answers, 'orders.cart_changed', 'orders.cart_not_found'),
            ...differs(
              'pieces',
              own?.lines.map(({ quantity }) => quantity),
              [3],
            ),
          ]
        },
      }
    },
  },
  {
    name: 'an address that signs up many times at once has one account',
    round: async ({ ask, db }) => {
      const email = `${crypto.randomUUID()}@example.com`
      const wish = { email, password: 'a long password', name: 'Sky' }
      return {
        asks: times(4, () => () => ask('POST', '/auth/sign-up/email', wish)),
        faults: async (answers) => {
          const accounts = await db.selectFrom('auth_customer').select('id').where('email', '=', email).execute()
          const known = await db.selectFrom('crm_customer').select('id').where('email', '=', email).execute()
          return [
            ...answers.filter(({ status }) => status >= 500 && status !== 503),
            ...differs('accounts', [accounts.length, known.length], [1, 1]),
            ...differs('welcomed', good(answers).length, 1),
          ]
        },
      }
    },
  },
  {
    name: 'a review that one reader finds helpful many times has helped one reader',
    round: async ({ command, shop, db }) => {
      const [review] = (await db
        .selectFrom('reviews_review')
        .select('id')
        .where('status', '=', 'approved')
        .execute()) as {
        id: `rev_${string}`
      }[]
      const voter = `cus_${crypto.randomUUID()}`
      const before = await helpful(db, review?.id)
      return {
        asks: times(8, () => () => command('vote', { review: review?.id, voter })),
        faults: async (answers) => [
          ...unexpected(answers),
          ...differs('votes', await helpful(db, review?.id), before + 1),
          ...differs('asked again', await shop.reviews.voteHelpful(db, review?.id ?? 'rev_', voter), before + 1),
        ],
      }
    },
  },
]

async function helpful(db: Parameters<Story['round']>[0]['db'], id: string | undefined): Promise<number> {
  const row = await db.selectFrom('reviews_review').select('helpful').where('id', '=', id).executeTakeFirst()
  return Number(row?.helpful)
}
