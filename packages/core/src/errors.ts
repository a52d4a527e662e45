import { amountErrors, defineErrors } from './error.ts'

/** One refused field of an input: where it is (`lines.0.quantity`) and what is wrong with it. */
export interface FieldIssue {
  readonly field: string
  readonly message: string
}

/** Everything that core can raise. */
export const coreErrors = {
  ...amountErrors,
  ...defineErrors('core', {
    invalid_input: [
      'invalid',
      (d: { issues: readonly FieldIssue[] }) => d.issues.map((issue) => `${issue.field}: ${issue.message}`).join('; '),
    ],
    invalid_cursor: ['invalid', (_: { field: 'after' }) => 'after: this cursor was not issued here'],
    key_reused: ['invalid', (d: { key: string }) => `The idempotency key ${d.key} was used for another request`],
    in_progress: ['conflict', (d: { key: string }) => `The request with the key ${d.key} is still running`],
    migration_failed: [
      'unavailable',
      (d: { package: string; step?: string | undefined }) =>
        `A migration of ${d.package} failed${d.step ? ` at ${d.step}` : ''}`,
    ],
    database_unavailable: ['unavailable', (d: { reason: string }) => `The database cannot be used: ${d.reason}`],
    database_busy: ['unavailable', (d: { waitedMs: number }) => `The database was busy for ${d.waitedMs} ms`],
  }),
}
