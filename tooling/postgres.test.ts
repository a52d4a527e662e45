import pg from 'pg'
import { expect, test } from 'vitest'

const url = process.env.TEST_DATABASE_URL

test.skipIf(!url || process.platform === 'win32')(
  'the test server stores Korean and finds it by a part of the word',
  async () => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      const { rows } = await client.query(`select '달항아리' like '%항아%' as part, '한' ~ '[[:alpha:]]' as letter`)
      expect(rows).toEqual([{ part: true, letter: true }])
    } finally {
      await client.end()
    }
  },
)
