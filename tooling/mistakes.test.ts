import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { mistakes } from './mistakes/all.ts'
import { root } from './workspace.ts'

// `pnpm test:mistakes` makes each of them and runs the tests; here they are only kept up with the code.
test.each(mistakes)('the mistake that $name can still be made', ({ file, from, to }) => {
  const source = readFileSync(join(root, file), 'utf8')
  expect(source.split(from)).toHaveLength(2)
  expect(to).not.toBe(from)
})
