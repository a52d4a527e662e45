import type { Breach, Invariant } from '@sangdo/core/server'
import { sql } from 'kysely'

const starsCounted = sql.join(
  [1, 2, 3, 4, 5].map((stars) => {
    const column = sql.ref(`stars_${stars}`)
    return sql`select product_id, ${sql.lit(stars)} as stars, ${column} as kept, 0 as counted from reviews_rating`
  }),
  sql` union all `,
)

/** What must always hold of reviews. */
export const reviewInvariants: readonly Invariant[] = [
  {
    name: 'reviews.ratings',
    says: 'The stars of a product are those of its approved reviews',
    breaches: sql<Breach>`
      select product_id as subject, stars, sum(kept) as kept, sum(counted) as counted from (
        ${starsCounted} union all
        select product_id, stars, 0, 1 from reviews_review where status = 'approved'
      ) as star
      group by product_id, stars having sum(kept) <> sum(counted) order by product_id, stars`,
  },
  {
    name: 'reviews.votes',
    says: 'A review is as helpful as people have said',
    breaches: sql<Breach>`
      select id as subject, helpful, count(voter) as votes
      from reviews_review left join reviews_vote on review_id = id
      group by id, helpful having helpful <> count(voter) order by id`,
  },
]
