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

/**
 * The number each row has in its table: its STT where these are whole numbers that rise, so that a line left out leaves a
 * gap and changes no other; else its place, from 1. Either way rows stand in the order of their numbers.
 */
export function rowNumbers(rows: readonly Row[]): readonly number[] {
  const written = rows.map(({ values }) => (/^[1-9]\d{0,8}$/.test(values.STT ?? '') ? Number(values.STT) : 0))
  const rising = written.every((number, place) => number > (written[place - 1] ?? 0))
  return rising ? written : rows.map((_row, place) => place + 1)
}
