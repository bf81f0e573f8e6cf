/** Small parts that resources are made of. What has nothing to say is left out: R4 knows no empty values. */
import type { CodeableConcept, Coding, Period, Quantity } from '#fhir/r4'
import { numberOf } from './written-number.ts'

/** Parts of a list joined by ";". */
export const listOf = (joined: string | undefined): readonly string[] =>
  (joined ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')

/** An object without the members that are undefined. */
export function some<T extends object>(members: T): T {
  const result = { ...members }
  for (const key of Object.keys(result) as (keyof T)[]) if (result[key] === undefined) delete result[key]
  return result
}

/** What R4 takes for text or code: not empty, no control characters. */
export function textIn(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' || text.length > LONGEST || NO_STRING.test(text) ? undefined : text
}

const LONGEST = 250_000
const NO_STRING = /[^\P{Cc}\t\n\r\u007f-\u009f]/u

/** @source http://hl7.org/fhir/R4/datatypes.html#code */
const CODE = /^[^ \t\r\n]+( [^ \t\r\n]+)*$/

export const codeIn = (code: string | undefined): string | undefined =>
  textIn(code) !== undefined && CODE.test(code ?? '') ? code : undefined

export function codingOf(system: string, code: string | undefined, display?: string): Coding[] {
  const said = { code: codeIn(code), display: textIn(display) }
  return said.code === undefined && said.display === undefined ? [] : [some({ system, ...said })]
}

/** @returns undefined where neither code nor text says anything */
export function conceptOf(codings: readonly Coding[], text?: string): CodeableConcept | undefined {
  const said = textIn(text)
  if (codings.length === 0 && said === undefined) return undefined
  return some({ coding: codings.length > 0 ? [...codings] : undefined, text: said })
}

/** A list of R4 may not be empty. */
export const listed = <T>(items: readonly (T | undefined)[]): T[] | undefined => {
  const said = items.filter((item): item is T => item !== undefined)
  return said.length > 0 ? said : undefined
}

export function quantityOf(number: string | undefined, unit: string | undefined): Quantity | undefined {
  const written = numberOf(number)
  return written && some({ ...written, unit: textIn(unit) })
}

/** The code of a system in a concept. */
export const codeOf = (concept: CodeableConcept | undefined, system: string): string | undefined =>
  concept?.coding?.find((coding) => coding.system === system)?.code

/** A period whose end lies before its start is none in R4: the end is left out, the row keeps what it said. */
export function periodOf(start: string | undefined, end: string | undefined): Period | undefined {
  if (start === undefined && end === undefined) return undefined
  return some({ start, end: start !== undefined && end !== undefined && end < start ? undefined : end })
}
