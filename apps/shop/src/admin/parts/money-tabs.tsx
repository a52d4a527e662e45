import { address, type Desk } from '../desk.ts'
import { Tabs } from './list.tsx'

/** The parts of the office that look after money. */
export const MoneyTabs = ({ desk, current }: { desk: Desk; current: 'open' | 'resolved' }) => {
  const { money } = desk.text
  const tabs = [
    { name: 'open', href: '/admin/money', count: desk.waiting.money },
    { name: 'resolved', href: address('/admin/money', { show: 'resolved' }), count: undefined },
  ] as const
  return (
    <Tabs
      label={money.title}
      tabs={tabs.map(({ name, href, count }) => ({
        href,
        label: money.tabs[name],
        count: count ? money.count(count) : undefined,
        current: name === current,
      }))}
    />
  )
}
