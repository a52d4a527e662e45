/** A statement takes only so many parameters; SQLite's is the least, and plans for longer lists are made anew each time. */
const most = 500

/** Reads what belongs to a list of any length, five hundred of it at a time; what is there twice is read once. */
export async function inParts<Value, Row>(
  values: readonly Value[],
  read: (part: readonly Value[]) => Promise<Row[]>,
): Promise<Row[]> {
  if (values.length === 0) return []
  if (values.length <= most) return read(values)
  const each = [...new Set(values)]
  const rows: Row[][] = []
  for (let from = 0; from < each.length; from += most) rows.push(await read(each.slice(from, from + most)))
  return rows.flat()
}
