import type { settlementWords as korean } from './ko-settlements.ts'

/** What the back office says in English of the settlements of payment providers. */
export const settlementWords: typeof korean = {
  settlements: {
    title: 'Settlements',
    tab: 'Settlements',
    intro:
      'Upload a provider’s settlement (CSV) and it is held against the ledger, both ways. A row counts once, however often it is uploaded.',
    provider: 'Provider',
    providers: {
      sandbox: 'Practice provider',
      toss: 'Toss Payments',
      stripe: 'Stripe',
      paypal: 'PayPal',
      portone: 'PortOne',
    },
    file: 'Settlement file',
    fileHint:
      'It needs columns for id, kind (capture, refund, chargeback, fee, payout), reference (the payment number that the provider was given), amount and date. What goes out may be written below zero.',
    read: 'Upload and compare',
    missing: (columns) => `The file has no column for: ${columns}`,
    columns: { rowId: 'id', kind: 'kind', reference: 'reference', amount: 'amount', at: 'date' },
    result: { added: 'New rows', known: 'Read before', refused: 'Rows not read', open: 'Differences' },
    agrees: 'Ledger and settlement agree.',
    differs: 'Ledger and settlement differ. Please look at the payments below.',
    changed: (rows) => `These rows said something else when they were read before. Please ask the provider: ${rows}`,
    line: (line, reason) => `Line ${line}: ${reason}`,
    reasons: {
      columns: 'it has more cells than there are titles.',
      kind: 'its kind is not known.',
      date: 'its date cannot be read.',
      amount: 'its amount cannot be read.',
      row: 'its id or reference is missing or too long.',
    },
    totals: 'What the provider should hold',
    here: 'Ledger',
    there: 'Settlements',
    difference: 'Difference',
    parts: { open: 'To look at', explained: 'Explained', outside: 'Outside of this time' },
    exceptions: 'Differences',
    explainedTab: 'Settled',
    kinds: { capture: 'Payment', refund: 'Refund', chargeback: 'Chargeback' },
    found: {
      missing_here: 'The settlement has it and the ledger does not.',
      missing_there: 'The ledger has it and the settlement does not.',
      other_amount: 'Ledger and settlement name different amounts.',
    },
    order: 'Order',
    reference: 'Payment number',
    since: 'Found',
    why: 'Why do they differ?',
    whyHint: 'Write what you found out with the provider. It comes back when the figures change again.',
    explain: 'Note the reason',
    resolution: 'What it was',
    matched: 'The figures came to agree.',
    none: { open: 'No differences', resolved: 'Nothing was settled yet' },
    noneText: {
      open: 'When a settlement differs from the ledger, the payments turn up here.',
      resolved: 'Differences that were explained, or came to agree, are kept here.',
    },
    done: { explained: 'The reason was noted.' },
  },
}
