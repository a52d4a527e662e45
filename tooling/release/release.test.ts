import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { examplesOf, installLine, keeps, runNode } from '../examples.ts'
import { filesIn, packagesOf, root, type Manifest, type Package } from '../workspace.ts'

const packages = packagesOf('packages')
const documented = packages.filter(({ folder }) => existsSync(join(folder, 'README.md')))
const away = mkdtempSync(join(tmpdir(), 'sangdo-release-'))
const bin = [join(root, 'tooling', 'node_modules', '.bin'), join(root, 'node_modules', '.bin')].join(delimiter)

afterAll(() => rmSync(away, { recursive: true, force: true, maxRetries: 5 }))

/** Runs a tool and rejects with all it said when it is not content. */
function tool(name: string, args: readonly string[], cwd: string): Promise<string> {
  const env = { ...process.env, PATH: bin + delimiter + (process.env.PATH ?? ''), NO_COLOR: '1' }
  return new Promise((resolve, reject) => {
    execFile(
      name,
      [...args],
      { cwd, env, shell: process.platform === 'win32', timeout: 110_000 },
      (error, out, said) => {
        if (error) reject(new Error(`${name} ${args.join(' ')}\n${out}${said}`))
        else resolve(out)
      },
    )
  })
}

const tarball = ({ manifest }: Package) =>
  join(away, `${manifest.name.slice(1).replace('/', '-')}-${manifest.version}.tgz`)
const packing = new Map<string, Promise<string>>()

/** Packs a package as it would be published, once. */
function pack(one: Package): Promise<string> {
  const before = packing.get(one.name)
  if (before) return before
  const packed = tool('pnpm', ['pack', '--pack-destination', away], one.folder).then(() => tarball(one))
  packing.set(one.name, packed)
  return packed
}

/** Installs what the README says into an empty folder, with our packages from their tarballs. */
async function install(one: Package): Promise<string> {
  const folder = join(away, one.name)
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'reader', private: true, type: 'module' }))
  const asked = installLine(join(one.folder, 'README.md'))
  const named = packages.filter(
    ({ manifest }) => asked.includes(manifest.name) || manifest.name in (one.manifest.dependencies ?? {}),
  )
  const tarballs = await Promise.all([...new Set([one, ...named])].map(pack))
  const others = asked.filter((name) => !name.startsWith('@sangdo/')).map(chosenVersion)
  const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']
  await tool('npm', ['install', ...flags, ...tarballs, ...others], folder)
  return folder
}

/** The version that the workspace itself is tested with, so that a run today and one in a year agree. */
function chosenVersion(name: string): string {
  const catalog = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8')
  const version = new RegExp(`^ +'?${name}'?: (\\S+)$`, 'm').exec(catalog)?.[1]
  return version ? `${name}@${version}` : name
}

test('every package has a README with an install line and an example', () => {
  const silent = packages.filter(({ folder }) => {
    const file = join(folder, 'README.md')
    return !existsSync(file) || installLine(file).length === 0 || examplesOf(file).length === 0
  })
  expect(silent.map(({ name }) => name)).toEqual([])
})

describe.each(packages)('$name as published', (one) => {
  test('has nothing for publint to say', async () => {
    await tool('publint', [await pack(one), '--strict'], one.folder)
  })

  test('resolves its types for every kind of import', async () => {
    await tool('attw', [await pack(one), '--profile', 'esm-only', '--no-color'], one.folder)
  })
})

describe.each(documented)('$name in a folder of its own', (one) => {
  test('installs, stays small, and its README example runs', async () => {
    const folder = await install(one)
    const installed = join(folder, 'node_modules', '@sangdo', one.name)
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Manifest
    expect(JSON.stringify(manifest)).not.toMatch(/workspace:|catalog:|@sangdo\/source/)

    const size = [...filesIn(join(installed)), ...filesIn(join(installed, 'dist'))].reduce(
      (sum, file) => sum + statSync(file).size,
      0,
    )
    expect(size).toBeGreaterThan(0)
    // Unpacked, declarations and the store included; decimal.js alone is 280 kB.
    expect(size).toBeLessThanOrEqual(500_000)

    for (const [index, example] of examplesOf(join(one.folder, 'README.md')).entries()) {
      const program = join(folder, `example-${index + 1}.ts`)
      writeFileSync(program, example.code)
      const output = await runNode([program], folder)
      expect(keeps(example, output), `promised ${example.promised.join(' | ')}\nprinted ${output}`).toBe(true)
    }
  })

  test('gives its reader types that compile', async () => {
    const folder = join(away, one.name)
    const typesOfSqlite = dirname(createRequire(import.meta.url).resolve('@types/better-sqlite3/package.json'))
    const typeRoots = [join(root, 'node_modules', '@types'), dirname(typesOfSqlite)]
    const target = { strict: true, module: 'nodenext', target: 'es2023', lib: ['es2023', 'dom'], noEmit: true }
    const compilerOptions = { ...target, skipLibCheck: false, types: ['node'], typeRoots }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['example-*.ts'] }))
    const said = await tool('tsc', ['-p', folder, '--pretty', 'false'], folder).catch(String)
    // Declarations of others are theirs to mend; ours and the reader's own file have to be flawless.
    expect(said.split('\n').filter((line) => /^(example-|.*@sangdo[\\/]).*error TS/.test(line))).toEqual([])
  })
})
