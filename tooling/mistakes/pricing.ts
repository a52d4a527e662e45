import type { Mistake } from './all.ts'

const offers = 'src/rules/offers.ts'
const exact = 'src/rules/exact.ts'

/** The mistakes that the tests of pricing must notice; their files are in that package. */
export const mistakes: readonly Omit<Mistake, 'tests'>[] = [
  {
    name: 'a percentage is rounded per piece and multiplied',
    file: offers,
    from: 'share(leftAt(goods, index), k * n, quantityAt(goods, index) * d)',
    to: 'share(leftAt(goods, index), n, quantityAt(goods, index) * d) * k',
  },
  {
    name: 'splitting drops the remainder',
    file: exact,
    from: 'return missing === 0 ? parts : handOut(parts, rests, missing)',
    to: 'return parts',
  },
  {
    name: 'a tie goes to the later line',
    file: exact,
    from: 'a === b ? left - right',
    to: 'a === b ? right - left',
  },
  {
    name: 'a percentage is a floating-point number',
    file: exact,
    from: "const [whole = '0', decimals = ''] = String(percent).split('.')\n  return",
    to: "const [whole = '0', decimals = ''] = [String(Math.round(Number(percent))), '']\n  return",
  },
  {
    name: 'tax is on the line before discounts',
    file: 'src/rules/totals.ts',
    from: 'lineTaxes(lines, state.left, rateOf, tax)',
    to: 'lineTaxes(lines, lines.map((line) => line.subtotal), rateOf, tax)',
  },
  {
    name: 'tax that prices contain is taken as if it were added',
    file: 'src/rules/taxes.ts',
    from: "if (pricesInclude === 'no_tax') return share(amount, n, d, rounding)",
    to: 'if (pricesInclude) return share(amount, n, d, rounding)',
  },
  {
    name: 'half even rounds half up',
    file: exact,
    from: 'return beyondHalf > 0 || (beyondHalf === 0 && odd)',
    to: 'return beyondHalf >= 0',
  },
  {
    name: 'a floor is ignored',
    file: offers,
    from: 'Math.max(0, leftAt(goods, index) - (goods.reach.lines[index]?.floor ?? 0))',
    to: 'leftAt(goods, index)',
  },
  {
    name: 'what a floor refuses is lost instead of going to the other lines',
    file: exact,
    from: 'if (full.size === 0) {',
    to: 'if (full.size === 0 || total > 0) {\n      for (const [place, index] of open.entries()) tried[place] = Math.min(tried[place] ?? 0, caps[index] ?? 0)',
  },
  {
    name: 'an exclusive promotion runs beside the others',
    file: 'src/rules/promotions.ts',
    from: 'if (alone && runner !== alone)',
    to: 'if (alone && runner === undefined)',
  },
  {
    name: 'two promotions of one group stand together',
    file: 'src/rules/promotions.ts',
    from: '(left !== null && left === right)',
    to: '(left === null && left !== right)',
  },
  {
    name: 'the cheapest piece that is free is the dearest',
    file: 'src/rules/pieces.ts',
    from: 'pool.filter((one) => got.has(one.index)).sort(byWorth)',
    to: 'pool.filter((one) => got.has(one.index)).sort((a, b) => byWorth(b, a))',
  },
  {
    name: 'a budget is spent beyond its end',
    file: offers,
    from: "return budget && offer.amount > budget.minor ? 'used_up' : offer",
    to: 'return budget && budget.minor === 0 ? offer : offer',
  },
  {
    name: 'the best combination is the first that was tried',
    file: 'src/rules/combination.ts',
    from: 'attempts.sort(cheaper)',
    to: 'attempts',
  },
  {
    name: 'the order of the lines decides',
    file: 'src/rules/lines.ts',
    from: 'return opened.sort((a, b) => (a.id < b.id ? -1 : 1))',
    to: 'return opened',
  },
  {
    name: 'equal pieces are refunded at one rounded price each',
    file: 'src/rules/refund.ts',
    from: 'share(whole, before + count, line.quantity) - share(whole, before, line.quantity)',
    to: 'share(whole, 1, line.quantity) * count',
  },
  {
    name: 'VAT of partial cancels is taken from each by itself',
    file: 'src/rules/vat.ts',
    from: 'money(after[part].minor - before[part].minor, quote.currency)',
    to: '(before ? until([plan]) : after)[part]',
  },
  {
    name: 'a compound tax forgets the taxes before it',
    file: 'src/rules/rates.ts',
    from: 'const part = compound',
    to: 'const part = compound && name === undefined',
  },
  {
    name: 'a sale still holds at the moment at which it ends',
    file: 'src/rules/prices.ts',
    from: 'at < endsAt',
    to: 'at <= endsAt',
  },
  {
    name: 'the uses of a promotion are read first and written afterwards',
    file: 'src/store/redemptions.ts',
    from: `  return tables(tx)
    .updateTable('pricing_promotion_limit')
    .set((eb) => ({
      uses: eb('uses', '+', 1),
      spent: eb('spent', '+', counted(use)),
      units: eb('units', '+', use.units),
    }))
    .where('promotion_id', '=', use.promotion_id)
    .where((eb) => eb.or([eb('use_limit', 'is', null), eb('use_limit', '>', eb.ref('uses'))]))`,
    to: `  const own = tables(tx).selectFrom('pricing_promotion_limit').selectAll()
  const seen = await own.where('promotion_id', '=', use.promotion_id).executeTakeFirst()
  if (seen && seen.use_limit !== null && seen.uses >= seen.use_limit) return undefined
  return tables(tx)
    .updateTable('pricing_promotion_limit')
    .set((eb) => ({
      uses: (seen?.uses ?? 0) + 1,
      spent: eb('spent', '+', counted(use)),
      units: eb('units', '+', use.units),
    }))
    .where('promotion_id', '=', use.promotion_id)`,
  },
]
