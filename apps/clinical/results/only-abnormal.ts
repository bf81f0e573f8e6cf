import { isAbnormal, type CumulativeTable, type ResultRow } from '#hospital/laboratory'

const hasAbnormal = (row: ResultRow): boolean =>
  [...row.cells.values()].some((cells) => cells.some((cell) => isAbnormal(cell.interpretation)))

/** The tests that were abnormal at least once among the results read. */
export const onlyAbnormalRows = (groups: CumulativeTable['groups']): CumulativeTable['groups'] =>
  groups.map(({ group, rows }) => ({ group, rows: rows.filter(hasAbnormal) })).filter(({ rows }) => rows.length > 0)
