declare module 'autocannon' {
  interface Options {
    readonly url: string
    readonly connections: number
    readonly duration: number
    readonly requests: readonly {
      readonly path: string
      readonly method?: string
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: string
    }[]
  }

  interface Result {
    readonly requests: { readonly average: number }
    readonly errors: number
    readonly non2xx: number
  }

  export default function autocannon(options: Options): Promise<Result>
}
