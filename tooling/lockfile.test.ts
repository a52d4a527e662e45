import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from './workspace.ts'

const lockfile = readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8')

/** The entries of one top section of the lockfile: key and indented body. */
function section(name: string): Map<string, string> {
  const body = lockfile.split(new RegExp(`^${name}:\\n`, 'm'))[1]?.split(/^\S/m)[0] ?? ''
  const entries = body.split(/^ {2}(?=\S)/m).filter((entry) => entry.trim() !== '')
  return new Map(entries.map((entry) => [entry.slice(0, entry.indexOf(':\n')).replaceAll("'", ''), entry] as const))
}

const systems = new Map(
  [...section('packages')].flatMap(([key, entry]) => {
    const os = /^ {4}os: \[(.+)\]/m.exec(entry)?.[1]
    return os ? [[key, os.split(', ')] as const] : []
  }),
)

/** The systems for which something brings a native part, by the package that wants it. */
function nativeParts(): Map<string, Set<string>> {
  const wanted = new Map<string, Set<string>>()
  for (const [key, entry] of section('snapshots')) {
    const optional = entry.split(/^ {4}optionalDependencies:\n/m)[1]?.split(/^ {4}\S/m)[0] ?? ''
    const parts = [...optional.matchAll(/^ {6}'?([^':]+)'?: (\S+)/gm)].map((match) => `${match[1]}@${match[2]}`)
    const found = parts.flatMap((part) => systems.get(part) ?? [])
    if (found.length) wanted.set(key, new Set(found))
  }
  return wanted
}

// fsevents is how macOS watches files: nothing else has, or needs, a part like it.
const needs = (found: Set<string>) => [...found].join() !== 'darwin'

describe('a frozen install gives everything on every system', () => {
  const parts = [...nativeParts()].filter(([, found]) => needs(found))

  test('there are native parts to look at', () => {
    expect(parts.length).toBeGreaterThan(5)
  })

  test.each(parts)('%s', (_name, found) => {
    expect(['linux', 'darwin', 'win32'].filter((system) => !found.has(system))).toEqual([])
  })
})

test.each(['pnpm-lock.yaml', 'tooling/runtime/package-lock.json'])(
  '%s names no registry, so any registry will do',
  (file) => {
    const text = readFileSync(join(root, file), 'utf8')
    expect(text.match(/https?:\/\/\S+|tarball: \S+|"resolved"/g)?.slice(0, 3) ?? []).toEqual([])
  },
)
