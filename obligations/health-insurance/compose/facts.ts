/**
 * What the insurance tables ask for and R4 has no place for: the extension `urn:lanh:bhxh:facts` on the resource it is
 * said of, one part for each field, under the field's own name.
 */
import type { Extension } from '#fhir/r4'
import { keptText, textKept } from '../mapping/kept-text.ts'
import { writtenOf } from '../mapping/moments.ts'
import { textOf } from '../mapping/written-number.ts'
import type { Values } from '../types.ts'

export const FACTS = 'urn:lanh:bhxh:facts'

interface Extended {
  readonly extension?: readonly Extension[]
}

/** The extension that says these fields. @param facts field → its text as the table would have it */
export const insuranceFacts = (facts: Values): Extension => ({
  url: FACTS,
  extension: Object.entries(facts).map(([field, text]) => keptText(field, text)),
})

/** @returns undefined where the resource does not say it */
export function factOf(resource: object | undefined, field: string): string | undefined {
  const facts = (resource as Extended | undefined)?.extension?.find(({ url }) => url === FACTS)?.extension
  const part = facts?.find(({ url }) => url === field)
  return part && (written(part) || undefined)
}

function written(part: Extension): string | undefined {
  const { valueCode, valueInteger, valueDecimal, valueDate, valueDateTime, valueMoney, valueCoding } = part
  if (valueCode !== undefined) return valueCode
  if (valueInteger !== undefined) return String(valueInteger)
  if (valueDecimal !== undefined) return textOf({ value: valueDecimal })
  if (valueMoney !== undefined) return textOf(valueMoney)
  if (valueCoding !== undefined) return valueCoding.code
  return writtenOf(valueDateTime ?? valueDate) ?? textKept(part)
}
