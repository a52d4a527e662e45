import { readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { filesIn, root } from './workspace.ts'

const sources = ['packages', 'apps', 'tooling']
  .flatMap((part) => filesIn(join(root, part)))
  .filter((file) => /\.(tsx?|mjs)$/.test(file))
const named = (files: string[]) => files.map((file) => relative(root, file))
const linesOf = (file: string) => readFileSync(file, 'utf8').trimEnd().split('\n').length

test('no source has more than 400 lines', () => {
  expect(named(sources.filter((file) => linesOf(file) > 400))).toEqual([])
})

test('a file is named after what it holds', () => {
  const vague = /^(utils?|helpers?|common|misc|manager|shared)\.tsx?$/
  expect(named(sources.filter((file) => vague.test(basename(file))))).toEqual([])
})

test('nothing is left for later in a source', () => {
  const later = /\b(TODO|FIXME|XXX|HACK)\b/
  const own = new Set([join(root, 'tooling', 'house.test.ts')])
  expect(named(sources.filter((file) => !own.has(file) && later.test(readFileSync(file, 'utf8'))))).toEqual([])
})
