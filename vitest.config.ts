import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const conditions = ['@sangdo/source']
const jsx = { runtime: 'automatic', importSource: 'hono/jsx' } as const

/** Projects that run alone, one after the other, so that a busy machine does not look like a fault. */
const alone = (groupOrder: number) => ({ sequence: { groupOrder }, fileParallelism: false })

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  oxc: { jsx },
  test: {
    // Two even on a small machine, as most tests wait for a database; one would also undo the order of the projects.
    maxWorkers: Math.max(2, Math.floor(availableParallelism() / 2)),
    globalSetup: 'tooling/postgres.ts',
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['packages/*/test/**/*.test.ts', 'apps/*/test/**/*.test.{ts,tsx}', 'tooling/*.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'types',
          include: [],
          typecheck: {
            enabled: true,
            only: true,
            include: ['packages/*/test/**/*.test-d.ts', 'apps/*/test/**/*.test-d.ts'],
            tsconfig: 'tooling/tsconfig.types.json',
          },
        },
      },
      {
        extends: true,
        test: {
          name: 'race',
          include: ['tooling/race/*.test.ts', 'tooling/real/*.test.ts'],
          testTimeout: 120_000,
          ...alone(1),
        },
      },
      {
        extends: true,
        test: { name: 'browser', include: ['tooling/browser/*.test.ts'], testTimeout: 60_000, ...alone(2) },
      },
      {
        extends: true,
        test: { name: 'release', include: ['tooling/release/*.test.ts'], testTimeout: 120_000, ...alone(3) },
      },
    ],
  },
})
