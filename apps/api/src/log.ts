/** Writes a fault to standard error as one line of JSON: when, where, what, and the stack for those who mend it. */
export function report(where: string, error: unknown): void {
  const { message = String(error), stack, code } = error as { message?: string; stack?: string; code?: string }
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), where, code, message, stack })}\n`)
}
