/** What a cart costs, in plain numbers of minor units, as far as the law says it. Lists without an order are sorted. */
export interface Answer {
  readonly lines: readonly AnsweredLine[]
  readonly adjustments: readonly AnsweredAdjustment[]
  readonly refused: readonly string[]
  readonly gifts: readonly string[]
  readonly shares: readonly string[]
  readonly combination: AnsweredCombination | null
  readonly subtotal: number
  readonly discount: number
  readonly shipping: {
    readonly amount: number
    readonly discount: number
    readonly total: number
    readonly tax: number
  }
  readonly fees: readonly {
    readonly id: string
    readonly amount: number
    readonly tax: number
    readonly taxFree: boolean
  }[]
  readonly taxAdded: number
  readonly taxIncluded: number
  readonly total: number
  readonly due: number
}

export interface AnsweredLine {
  readonly id: string
  readonly unitPrice: number
  readonly subtotal: number
  readonly discount: number
  readonly total: number
  readonly tax: number
  readonly taxFree: boolean
  readonly taxes: readonly { readonly name: string; readonly amount: number }[]
}

export interface AnsweredAdjustment {
  readonly promotionId: string
  readonly code: string | null
  readonly amount: number
  readonly units: number
  /** Only those from which something is taken. */
  readonly lines: readonly { readonly id: string; readonly amount: number }[]
}

export interface AnsweredCombination {
  readonly searched: boolean
  readonly candidates: string
  readonly chosen: string
  readonly others: readonly string[]
}
