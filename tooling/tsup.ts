import { readFileSync } from 'node:fs'
import { defineConfig } from 'tsup'

interface Manifest {
  readonly exports: Record<string, { '@sangdo/source'?: string }>
}

/** The build of a package: one ESM bundle for each source that its `exports` names. Declarations come from tsc. */
export function packageBuild(options: { entry?: string[] } = {}) {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest
  const sources = Object.values(manifest.exports ?? {}).flatMap((target) => target['@sangdo/source'] ?? [])
  return defineConfig({
    entry: [...sources, ...(options.entry ?? [])],
    format: 'esm',
    target: 'es2023',
    splitting: true,
    clean: true,
    dts: false,
    silent: true,
  })
}
