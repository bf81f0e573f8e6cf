/** The insurance tables as data: what reader, writer, checks and mapping are driven by. */

/** Decisions that named a format. 4210 is read only; 3176 is what is written. */
export type Decision = '4210' | '130' | '4750' | '3176'

export type TableId =
  | 'XML0'
  | 'XML1'
  | 'XML2'
  | 'XML3'
  | 'XML4'
  | 'XML5'
  | 'XML6'
  | 'XML7'
  | 'XML8'
  | 'XML9'
  | 'XML10'
  | 'XML11'
  | 'XML12'
  | 'XML13'
  | 'XML14'
  | 'XML15'

/**
 * day yyyyMMdd · minute yyyyMMddHHmm · days and minutes are lists joined by ";" · money has two decimals at most,
 * quantity three · number is a whole number or a percentage · text is anything else
 */
export type Kind = 'text' | 'number' | 'money' | 'quantity' | 'day' | 'minute' | 'dayOrMinute' | 'days' | 'minutes'

export interface FieldFacts {
  /** flag of the gateway workbook for 4750; the decisions have no such column */
  readonly required?: true
  /** the condition in the words of the workbook; the check that holds it stands in the rules */
  readonly requiredWhen?: string
  /** name of a list in code-lists.ts, or of a catalogue */
  readonly codes?: string
  /** where it is filled it must be what XML1 says */
  readonly equalsSummary?: true
  readonly lengthBefore3176?: number
  /** what the gateway of 4750 allowed, where that differs from the decision */
  readonly gatewayLength4750?: number
  /** characters that care allows which ended on a day (yyyyMMdd) or later */
  readonly longer?: { readonly since: string; readonly length: number }
  /** decision that added it, where that was not the table's own */
  readonly since?: Decision
  /** its name before decision 3176 */
  readonly formerly?: string
  /** how the text must look, in words */
  readonly format?: string
  readonly means: string
}

export interface Field extends FieldFacts {
  readonly name: string
  readonly kind: Kind
  /** characters; null: no limit is declared */
  readonly length: number | null
}

export interface Table {
  readonly id: TableId
  readonly name: string
  readonly english: string
  readonly root: string | null
  /** element around the rows; null where the fields stand under the root */
  readonly list: string | null
  readonly row: string | null
  readonly repeats: boolean
  readonly since: string
  readonly fields: readonly Field[]
}

export const field = (name: string, kind: Kind, length: number | null, facts: FieldFacts): Field => ({
  name,
  kind,
  length,
  ...facts,
})

/** Day of care's end from which a decision's format is the rule. @source the decisions' articles on effect */
export const decisionSince: Readonly<Record<Decision, string>> = {
  '4210': '2017-09-20',
  '130': '2023-01-18',
  '4750': '2024-07-01',
  '3176': '2025-01-01',
}
