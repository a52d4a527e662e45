import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { filesIn, packagesOf, root, type Package } from './workspace.ts'

const packages = packagesOf('packages')
const names = new Set(packages.map(({ name }) => name))

/** What of ours a package names in its manifest, whatever the kind of dependency. */
function ours({ manifest }: Package): string[] {
  const { dependencies, devDependencies, peerDependencies, optionalDependencies } = manifest
  const all = Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies, ...optionalDependencies })
  return all.filter((name) => name.startsWith('@sangdo/')).map((name) => name.slice('@sangdo/'.length))
}

/** core uses nothing, a domain package core, and an adapter `<owner>-<provider>` its owner too. */
function mayUse(name: string): string[] {
  if (name === 'core') return []
  const owner = name.split('-')[0] ?? ''
  return owner !== name && names.has(owner) ? ['core', owner] : ['core']
}

const withoutComments = (source: string) => source.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')

/** Every module that a source file names; type imports count, as they end up in the declarations. */
function importsOf(file: string): string[] {
  const source = withoutComments(readFileSync(file, 'utf8'))
  const found = source.matchAll(/\bfrom\s*['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]/g)
  return [...found].map((match) => match[1] ?? match[2] ?? '')
}

const needsServer = /^(node:|kysely\b|pg$|better-sqlite3$|@electric-sql\/|vitest\b|@sangdo\/[^/]+\/(server|testing)$)/
const serverFile = /^(server|service|store|tables|migrations|testing)\.ts$/

/** Chains of imports from one file to something that only a server has. */
function leaks(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return []
  seen.add(file)
  return importsOf(file).flatMap((name) => {
    const step = `${relative(root, file)} → ${name}`
    if (!name.startsWith('.')) return needsServer.test(name) ? [step] : []
    const target = join(dirname(file), name)
    if (serverFile.test(basename(target))) return [step]
    return leaks(target, seen).map((rest) => `${step}: ${rest}`)
  })
}

describe.each(packages)('$name', (one) => {
  const source = join(one.folder, 'src')
  const roots = ['index.ts', 'contract.ts', 'rules.ts', 'rules/index.ts']
    .map((file) => join(source, file))
    .filter((file) => existsSync(file))

  test('uses no package of ours but core', () => {
    expect(ours(one).filter((name) => !mayUse(one.name).includes(name))).toEqual([])
  })

  test('imports nothing of ours that its manifest does not name', () => {
    const imported = filesIn(source).flatMap((file) => (file.endsWith('.ts') ? importsOf(file) : []))
    const used = imported.filter((name) => name.startsWith('@sangdo/')).map((name) => name.split('/')[1] ?? '')
    expect([...new Set(used)].filter((name) => name !== one.name && !ours(one).includes(name))).toEqual([])
  })

  test('can be imported in a browser: its root reaches no database and no Node API', () => {
    expect(roots.flatMap((file) => leaks(file))).toEqual([])
  })

  test('names what it exports', () => {
    // An adapter has a root and nothing else.
    const surfaces = ['index.ts', 'server.ts', 'testing.ts'].map((file) => join(source, file)).filter(existsSync)
    const vague = surfaces.filter((file) => /^export \*/m.test(readFileSync(file, 'utf8')))
    expect(vague.map((file) => relative(root, file))).toEqual([])
  })
})

test('only the money of core calculates with decimal.js', () => {
  const sources = packages.flatMap(({ folder }) => filesIn(join(folder, 'src'))).filter((file) => file.endsWith('.ts'))
  const users = sources.filter((file) => importsOf(file).includes('decimal.js')).map((file) => relative(root, file))
  expect(users.map((file) => file.replaceAll('\\', '/'))).toEqual(['packages/core/src/money.ts'])
})

test('the shop reaches the packages through the API alone', () => {
  const shop = packagesOf('apps').filter(({ name }) => name === 'shop')
  expect(shop.flatMap(ours).sort()).toEqual(['api', 'core'])
})
