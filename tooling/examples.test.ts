import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { examplesOf, installLine, keeps } from './examples.ts'

const folder = mkdtempSync(join(tmpdir(), 'sangdo-readme-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function readme(...lines: string[]): string {
  const file = join(folder, 'README.md')
  writeFileSync(file, lines.join('\n'))
  return file
}

test('a block marked ts is an example, and its comments are promises', () => {
  const file = readme(
    '```ts',
    'console.log(1) // → 1',
    'console.log({ a: 2 })   // { a: 2 }',
    '```',
    '```typescript',
    'no',
    '```',
  )
  expect(examplesOf(file)).toMatchObject([{ promised: ['1', '{ a: 2 }'], promisesAll: true }])
})

test('a remark after a line is no promise', () => {
  expect(examplesOf(readme('```ts', 'console.log(now) // the time', '```'))).toMatchObject([
    { promised: [], promisesAll: false },
  ])
})

test('an output that differs from its promise is noticed', () => {
  const [example] = examplesOf(readme('```ts', 'console.log(total) // → { minor: 899 }', '```'))
  if (!example) throw new Error('no example')
  expect(keeps(example, '{ minor: 899 }\n')).toBe(true)
  expect(keeps(example, '{ minor: 898 }\n')).toBe(false)
  expect(keeps(example, '{ minor: 899 }\nmore\n')).toBe(false)
})

test('an ellipsis stands for what changes from run to run', () => {
  const [example] = examplesOf(readme('```ts', "console.log(order) // → { id: 'ord_…', n: 1 }", '```'))
  if (!example) throw new Error('no example')
  expect(keeps(example, "{ id: 'ord_01K8',\n  n: 1 }\n")).toBe(true)
})

test('the install line says what a reader installs', () => {
  expect(installLine(readme('```sh', 'npm install @sangdo/inventory kysely better-sqlite3', '```'))).toEqual([
    '@sangdo/inventory',
    'kysely',
    'better-sqlite3',
  ])
})
