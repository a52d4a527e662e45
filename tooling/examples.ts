import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** A program from a README, and what its comments promise that it prints. */
export interface Example {
  readonly code: string
  readonly promised: readonly string[]
  readonly promisesAll: boolean
}

const oneSpace = (text: string) => text.replaceAll(/\s+/g, ' ').trim()

/**
 * The examples of a README: each block marked `ts` is a whole program. (A block that is not, is marked `typescript`; one that
 * needs more than the install line gets, such as a database driver, is marked `ts server`.)
 * A comment after `console.log(…)` that starts with `→` or with a value promises the output; lines of comment right
 * below that start with `→` do too, and `…` in a promise stands for anything.
 */
export function examplesOf(file: string, { server = false } = {}): Example[] {
  const blocks = readFileSync(file, 'utf8').matchAll(
    server ? /^```ts(?: server)?\r?\n([\s\S]*?)^```/gm : /^```ts\r?\n([\s\S]*?)^```/gm,
  )
  return [...blocks].map(([, code = '']) => {
    const promised = code.split('\n').flatMap(promiseOf)
    const logs = code.match(/console\.log\(/g)?.length ?? 0
    return { code, promised, promisesAll: logs === promised.length && logs > 0 }
  })
}

function promiseOf(line: string): string[] {
  const said =
    /^\s*\/\/ → (.*)$/.exec(line) ??
    /console\.log\(.*\)\s*\/\/ (?:→ )?((?<=→ ).*|['"[{\d].*|true|false|null)$/.exec(line)
  return said?.[1] ? [oneSpace(said[1])] : []
}

/** The packages that the first `npm install …` line of a README asks for. */
export function installLine(file: string): string[] {
  const line = /^npm (?:install|i) (.+)$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? ''
  return line.split(/\s+/).filter((word) => word !== '' && !word.startsWith('-'))
}

/** Runs a program with this Node to its end; rejects with what it said when it fails or takes over a minute. */
export function runNode(args: readonly string[], cwd: string): Promise<string> {
  const { NODE_OPTIONS: _vitest, ...env } = process.env
  return new Promise((resolve, reject) => {
    const options = { cwd, env: { ...env, NO_COLOR: '1', NODE_NO_WARNINGS: '1' }, timeout: 60_000 }
    execFile(process.execPath, [...args], options, (error, out, said) => {
      if (error) reject(new Error(`${out}${said}` || error.message))
      else resolve(out)
    })
  })
}

/** Whether an output keeps the promises of its example, in their order; if every `console.log` has one, exactly so. */
export function keeps({ promised, promisesAll }: Example, output: string): boolean {
  const parts = promised.map((text) =>
    text
      .split('…')
      .map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
      .join('.*?'),
  )
  const pattern = promisesAll ? `^${parts.join('\\s*')}$` : parts.join('.*?')
  return new RegExp(pattern, 's').test(oneSpace(output))
}
