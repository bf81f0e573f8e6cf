import type { Place } from './types.ts'

/** Parts as one text that no other parts give: a bar inside of a part is written as %7C. */
export const joined = (...parts: readonly (string | number)[]): string => parts.map(encodePart).join('|')

const encodePart = (part: string | number): string => String(part).replace(/[%|]/g, encodeURIComponent)

/** Additional data of what a data key seals: `facility|table|id|column|key version`. */
export const contextOf = ({ facility, table, id, column }: Place, version: number): string =>
  joined(facility, table, id, column, version)
