import { describe, test } from 'vitest'
import { costsWhatTheLawSays, forCarts, runs, timeout } from './properties.ts'

describe('as many carts again, so that two workers share a long run', () => {
  test(
    'every cart costs exactly what the law of calculation says',
    () => forCarts(Math.floor(runs / 2), costsWhatTheLawSays, 1),
    timeout,
  )
})
