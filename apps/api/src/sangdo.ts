import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { checkInvariants, openDb } from '@sangdo/core/server'
import { invariantsAt } from './invariants.ts'
import { optionsFrom, plainly } from './process.ts'

const usage = `sangdo check   asks the database of a shop for whatever breaks one of its promises: DATABASE_URL, or shop.db in DATA_DIR.
               Ends with 0 when all hold, with 1 when one is broken.`

/** Names every promise and what breaks it; answers whether all of them hold. Changes nothing. */
async function check(): Promise<boolean> {
  const { databaseUrl, folder = '.data' } = optionsFrom(process.env)
  const url = databaseUrl ?? resolve(folder, 'shop.db')
  if (!url.includes('://') && !existsSync(url)) throw new Error(`there is no shop at ${url}`)
  const db = await openDb(url)
  const invariants = invariantsAt(new Date())
  const broken = new Map((await checkInvariants(db, invariants)).map((found) => [found.name, found.breaches]))
  await db.destroy()
  for (const { name, says } of invariants) {
    console.log(`${broken.has(name) ? 'broken' : 'holds '}  ${name.padEnd(26)}  ${says}`)
    for (const breach of broken.get(name) ?? []) console.log(`        ${JSON.stringify(breach)}`)
  }
  console.log(broken.size > 0 ? `${broken.size} of ${invariants.length} are broken.` : `All ${invariants.length} hold.`)
  return broken.size === 0
}

if (process.argv[2] === 'check') await check().then((sound) => (process.exitCode = sound ? 0 : 1), plainly)
else {
  console.error(usage)
  process.exitCode = 2
}
