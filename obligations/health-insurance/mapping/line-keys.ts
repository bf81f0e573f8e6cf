import type { Row } from '../types.ts'

/**
 * What each row of a table is known by when its dossier comes again: its STT, so that a line that was left out does not
 * move the others; rows with the same STT are told apart by their order, rows without one go by their place.
 */
export function lineKeys(rows: readonly Row[]): readonly string[] {
  const used = new Set<string>()
  const counted = new Map<string, number>()
  return rows.map(({ values }, place) => {
    const written = (values.STT ?? '').trim().replace(/^0+(?=\d)/, '') || String(place + 1)
    let count = counted.get(written) ?? 1
    let key = written
    while (used.has(key)) key = `${written} (${++count})`
    counted.set(written, count)
    used.add(key)
    return key
  })
}
