import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { root } from './workspace.ts'

export interface Bundle {
  readonly code: string
  /** Bytes after gzip. */
  readonly size: number
  /** Files that are in it. */
  readonly inputs: readonly string[]
}

/** Bundles a piece of code as a shop's own page would, minified, from the sources of the workspace. */
export async function bundle(contents: string, external: readonly string[] = []): Promise<Bundle> {
  const result = await build({
    stdin: { contents, resolveDir: `${root}/tooling`, loader: 'ts' },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    conditions: ['@sangdo/source'],
    external: [...external],
  })
  const code = result.outputFiles[0]?.text ?? ''
  const inputs = Object.values(result.metafile.outputs).flatMap((output) =>
    Object.entries(output.inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  )
  return { code, size: gzipSync(code, { level: 9 }).length, inputs }
}
