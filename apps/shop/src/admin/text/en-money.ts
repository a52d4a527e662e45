import type { moneyWords as korean } from './ko-money.ts'

/** What the back office says in English of money that someone has to look at. */
export const moneyWords: typeof korean = {
  money: {
    title: 'Money',
    tabs: { open: 'To look at', resolved: 'Resolved' },
    none: { open: 'No money to look at', resolved: 'Nothing has been resolved yet' },
    noneText: {
      open: 'All that came in and went out is where it belongs.',
      resolved: 'What was looked at turns up here, with how it ended.',
    },
    kinds: {
      wrong_amount: 'A deposit of another amount',
      paid_twice: 'Paid twice',
      surplus: 'More money than was asked for',
      mismatched: 'A payment that was not asked for',
      refund_failed: 'A refund that was refused',
      disputed: 'A payment the buyer’s bank wants back',
      unmatched_webhook: 'News of an unknown payment',
      unmatched_deposit: 'A deposit of nobody’s',
      pay_out: 'A refund to send by hand',
    },
    means: {
      wrong_amount:
        'Money came in that is not what the order costs. The order is not paid by it, and the money goes back to the buyer.',
      paid_twice: 'An order that was paid was paid once more. The second payment goes back to the buyer.',
      surplus: 'More came in than the order costs. The rest goes back to the buyer.',
      mismatched:
        'The payment at the provider is not what the shop asked for. No money has come in. Please look at it on the provider’s own pages.',
      refund_failed:
        'The provider refused a refund. Try again from the order, or send the money yourself and note that here.',
      disputed:
        'The buyer’s bank wants this money back. Answer on the provider’s own pages before the time is up. This task ends by itself with the outcome.',
      unmatched_webhook:
        'The provider sent news of a payment that this shop does not have. Look for its number on the provider’s own pages, and note what you found.',
      unmatched_deposit: 'Nobody knows which order this deposit is for. Give it to its order, or send it back.',
      pay_out: 'A refund that has to be sent to the buyer’s account by hand.',
    },
    since: 'Since',
    order: 'Order',
    dueAt: 'Answer by',
    detail: { said: 'The provider says', reason: 'The bank’s reason', reference: 'Number in the news' },
    reasons: {
      fraudulent: 'Says they did not pay this',
      duplicate: 'Says they paid twice',
      product_not_received: 'Says it never arrived',
      product_unacceptable: 'Says it is not as described',
      subscription_canceled: 'Says it was cancelled',
      credit_not_processed: 'Says a refund never came',
      general: 'Not given',
    },
    onItsWay: 'Going back',
    onItsWayText: 'The provider was asked for the refund. Once it is done, so is this task.',
    give: (amount) => `Give ${amount} back`,
    accountText: 'A deposit can only go back to the buyer’s account, which is forgotten once the refund is done.',
    note: 'Note what was done, and close',
    noteLabel: 'What was done?',
    noteHint: 'Up to 200 characters. Only staff can read it.',
    resolve: 'Mark as resolved',
    resolvedAs: 'How it ended',
    resolutions: {
      refunded: 'Given back to the buyer',
      reversed: 'Taken back by the bank',
      made_at_provider: 'Given back at the provider',
      gone: 'The money went back another way',
      won: 'The money is the shop’s',
      lost: 'The money went back to the buyer',
      matched: 'Its owner was found',
      sent: 'Sent to the buyer',
      impossible: 'That account did not take it',
    },
    done: {
      resolved: 'Marked as resolved.',
      refunded: 'The money has gone back.',
      refunding: 'The refund has been requested, and the provider has yet to answer.',
    },
    refused: (message) => `It could not go back. The provider says: ${message}`,
    count: (count) => (count >= 100 ? '99+' : String(count)),
    waiting: (count) => `(${count} waiting)`,
  },
  disputes: {
    title: 'Disputes',
    statuses: { open: 'Open', won: 'Won', lost: 'Lost' },
    opened: 'Opened',
    closed: 'Closed',
    reversed: 'Taken back by the bank',
    held: 'In dispute, or lost',
  },
}
