/** Where a field of a table comes from: one line a field, so that a table of sources reads as the table of the decision. */
import type { Values } from '../types.ts'
import { factOf } from './facts.ts'

/** read: stands in the chart · counted: follows from the amounts and dates · copied: is what another table says */
type How = 'read' | 'counted' | 'copied'

export interface Source<Of> {
  readonly how: How
  /** path in R4 (`Patient.gender`), or what it is counted or copied from */
  readonly at: string
  /** undefined where the chart does not say it: nothing is made up */
  readonly read: (of: Of) => string | undefined
}

/** Field → its source. Fields that are not here stay empty. */
export type Sources<Of> = Readonly<Record<string, Source<Of>>>

export const from = <Of>(at: string, read: Source<Of>['read']): Source<Of> => ({ how: 'read', at, read })
export const counted = <Of>(at: string, read: Source<Of>['read']): Source<Of> => ({ how: 'counted', at, read })

/** Fields that are what the summary says. @param fields the field itself, or the field and what XML1 calls it */
export const copiedFromSummary = <Of extends { readonly summary: Values }>(
  ...fields: readonly (string | readonly [field: string, called: string])[]
): Sources<Of> =>
  Object.fromEntries(
    fields.map((each) => {
      const [field, called] = typeof each === 'string' ? [each, each] : each
      return [field, { how: 'copied', at: `XML1.${called}`, read: ({ summary }) => summary[called] }]
    }),
  )

/** Fields that R4 has no place for, said by the extension of facts. @param type of the resource that `find` finds */
export const facts = <Of>(type: string, find: (of: Of) => object | undefined, ...fields: string[]): Sources<Of> =>
  Object.fromEntries(
    fields.map((field) => [field, from<Of>(`${type}.extension (facts)`, (of) => factOf(find(of), field))]),
  )

/** The fields of a row that the chart says. */
export function readSources<Of>(sources: Sources<Of>, of: Of): Values {
  const said: Record<string, string> = {}
  for (const [field, { read }] of Object.entries(sources)) {
    const text = read(of)?.trim()
    if (text) said[field] = text
  }
  return said
}
