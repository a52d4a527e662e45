import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { examplesOf, keeps, runNode } from './examples.ts'
import { packagesOf, root } from './workspace.ts'

// The example stands where its reader's file would: beside the package, or, for the root README, where all of them are.
const readmes = [
  ...packagesOf('packages').map(({ name, folder }) => ({ name, file: join(folder, 'README.md'), cwd: folder })),
  { name: 'the whole', file: join(root, 'README.md'), cwd: join(root, 'apps', 'api') },
].filter(({ file }) => existsSync(file))

describe.each(readmes)('the README of $name', ({ file, cwd }) => {
  const examples = examplesOf(file, { server: true }).map((example, index) => ({ example, number: index + 1 }))

  test.each(examples)('example $number runs and prints what its comments say', async ({ example }) => {
    const source = ['--conditions=@sangdo/source', '--import', 'tsx', '--input-type=module-typescript']
    const output = await runNode([...source, '--eval', example.code], cwd)
    expect(keeps(example, output), `promised ${example.promised.join(' | ')}\nprinted ${output}`).toBe(true)
  })
})
