import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the whole workspace. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** The parts of a `package.json` that the workspace checks read. */
export interface Manifest {
  readonly name: string
  readonly version: string
  readonly private?: boolean
  readonly dependencies?: Record<string, string>
  readonly devDependencies?: Record<string, string>
  readonly peerDependencies?: Record<string, string>
  readonly optionalDependencies?: Record<string, string>
}

/** A package of the workspace: its short name, folder and manifest. */
export interface Package {
  readonly name: string
  readonly folder: string
  readonly manifest: Manifest
}

/** The packages of one part of the workspace (`packages` or `apps`), in the order of their names. */
export function packagesOf(part: 'packages' | 'apps'): Package[] {
  const names = readdirSync(join(root, part)).filter((name) => existsSync(join(root, part, name, 'package.json')))
  return names.sort().map((name) => {
    const folder = join(root, part, name)
    return { name, folder, manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest }
  })
}

/** Every file below a folder that is ours: installed and built ones are left out. */
export function filesIn(folder: string): string[] {
  const skipped = new Set(['node_modules', 'dist', '.turbo'])
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name)) return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesIn(path) : [path]
  })
}
