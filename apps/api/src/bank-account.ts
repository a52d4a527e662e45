/** The shop's own account, to which buyers may transfer their money. */
export interface BankAccount {
  readonly bank: string
  readonly account: string
  readonly holder: string
}

/** The account from the environment (`BANK_NAME`, `BANK_ACCOUNT`, `BANK_HOLDER`); null for a shop that takes no transfers to it. */
export function bankAccountIn(env: NodeJS.ProcessEnv): BankAccount | null {
  const [bank, account, holder] = [env['BANK_NAME'], env['BANK_ACCOUNT'], env['BANK_HOLDER']]
  if (bank && account && holder) return { bank, account, holder }
  if (bank || account || holder) throw new Error('BANK_NAME, BANK_ACCOUNT and BANK_HOLDER belong together')
  return null
}
