type Labels = Readonly<Record<string, string | number>>

/** One value of a metric. */
export interface Sample {
  readonly labels?: Labels
  readonly value: number
}

const textOf = (value: string | number) =>
  String(value).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')

const labelsOf = (labels: Labels = {}): string => {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${textOf(value)}"`)
  return pairs.length > 0 ? `{${pairs.join(',')}}` : ''
}

const headOf = (name: string, type: string, says: string) => [`# HELP ${name} ${says}`, `# TYPE ${name} ${type}`]

/** A metric in the text format of Prometheus: a counter by the ending of its name, a gauge otherwise. */
export function metric(name: string, says: string, samples: readonly Sample[]): string[] {
  const values = samples.map(({ labels, value }) => `${name}${labelsOf(labels)} ${value}`)
  return [...headOf(name, name.endsWith('_total') ? 'counter' : 'gauge', says), ...values]
}

/** How often something took how long: counts by upper bound, the last without one, and the sum. */
export interface Distribution {
  readonly labels: Labels
  readonly counts: readonly number[]
  readonly sum: number
}

/** A histogram in the text format of Prometheus, in which each bound counts all that is below it. */
export function histogram(
  name: string,
  says: string,
  bounds: readonly number[],
  distributions: readonly Distribution[],
): string[] {
  const values = distributions.flatMap(({ labels, counts, sum }) => {
    let below = 0
    const buckets = counts.map((count, at) => {
      below += count
      return `${name}_bucket${labelsOf({ ...labels, le: bounds[at] ?? '+Inf' })} ${below}`
    })
    return [...buckets, `${name}_sum${labelsOf(labels)} ${sum}`, `${name}_count${labelsOf(labels)} ${below}`]
  })
  return [...headOf(name, 'histogram', says), ...values]
}
