export * from './backorders.ts'
export * from './ledger.ts'
export * from './reservations.ts'
export * from './stock.ts'
