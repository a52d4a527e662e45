import { AsyncLocalStorage } from 'node:async_hooks'
import { redacted, redactedText } from './redact.ts'

/** What is carried into every line that is logged on behalf of a request, or of a run of a job. */
export interface LogContext {
  /** The request, by the id that its answer bears. */
  readonly request?: string
  readonly job?: string
  /** The W3C trace that it belongs to. */
  readonly trace?: string
}

const context = new AsyncLocalStorage<LogContext>()

/** Does some work on behalf of somebody, named in each line that is logged until it is over. */
export const onBehalfOf = <Result>(who: LogContext, work: () => Result): Result => context.run(who, work)

/**
 * Writes a fault to standard error as one line of JSON: when, where, on whose behalf, what, why, and the stack for those who mend
 * it. What it says of persons is left out.
 */
export function report(where: string, error: unknown): void {
  process.stderr.write(`${lineOf('error', { where: redactedText(where), ...faultOf(error) })}\n`)
}

/** What became of a request, as it is logged. */
export interface RequestLine {
  readonly method: string
  /** The pattern of the route, and not the path, which may hold somebody's own. */
  readonly route: string
  readonly status: number
  readonly ms: number
}

let waiting: string[] = []

/** Writes what became of a request to standard output, together with the others of this turn. */
export function reportRequest(line: RequestLine): void {
  if (waiting.length === 0) setImmediate(writeWaiting)
  waiting.push(lineOf('info', line))
}

function writeWaiting(): void {
  const lines = waiting.join('\n')
  waiting = []
  process.stdout.write(`${lines}\n`)
}

/** One line, whatever is in it: JSON escapes what ends a line, and the rest of what a terminal or a reader may take for one is escaped here. */
export function lineOf(level: 'error' | 'info', facts: object): string {
  const line = JSON.stringify({ at: new Date().toISOString(), level, ...context.getStore(), ...facts })
  return line.replaceAll(/[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, escaped)
}

const escaped = (one: string) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`

const deepest = 3

/** What is known of a fault. The causes of one, and the errors that it collects, are told with it. */
function faultOf(error: unknown, depth = 0): object {
  if (typeof error !== 'object' || error === null) return { message: redactedText(String(error)) }
  const { message, stack, code, details, cause, errors } = error as Record<string, unknown>
  const causes = [...(cause === undefined ? [] : [cause]), ...(Array.isArray(errors) ? errors.slice(0, 10) : [])]
  return {
    ...(code === undefined ? {} : { code: redacted(code) }),
    message: redactedText(String(message)),
    ...(details === undefined ? {} : { details: redacted(details) }),
    ...(typeof stack === 'string' && depth === 0 ? { stack: redactedText(stack) } : {}),
    ...(causes.length > 0 && depth < deepest ? { causes: causes.map((one) => faultOf(one, depth + 1)) } : {}),
  }
}
