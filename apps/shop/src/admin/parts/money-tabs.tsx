import { address, type Desk } from '../desk.ts'
import { Tabs } from './list.tsx'

type MoneyTab = 'open' | 'resolved' | 'bank' | 'payOuts' | 'settlements'

/** The parts of the office that look after money. */
export const MoneyTabs = ({ desk, current }: { desk: Desk; current: MoneyTab }) => {
  const { money, bank, settlements } = desk.text
  const count = desk.waiting.money > 0 ? money.count(desk.waiting.money) : undefined
  const tabs = [
    { name: 'open', label: money.tabs.open, href: '/admin/money', count },
    { name: 'resolved', label: money.tabs.resolved, href: address('/admin/money', { show: 'resolved' }) },
    { name: 'bank', label: bank.tab, href: '/admin/money/bank' },
    { name: 'payOuts', label: bank.payOuts, href: '/admin/money/pay-outs' },
    { name: 'settlements', label: settlements.tab, href: '/admin/money/settlements' },
  ]
  return <Tabs label={money.title} tabs={tabs.map(({ name, ...tab }) => ({ ...tab, current: name === current }))} />
}
