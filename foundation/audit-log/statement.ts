/** An act read again. */
import type { AuditFacts } from './types.ts'

export interface Statement {
  readonly at: string
  readonly action: AuditFacts['action']
  readonly outcome: AuditFacts['outcome']
  /** reference of whoever acted */
  readonly agent: string
  readonly account?: string
  readonly roles: readonly string[]
  readonly client?: string
  readonly session?: string
  readonly purpose: string
  /** `Type/id` or `Type/id/_history/version` */
  readonly entities: readonly string[]
  readonly more?: number
  readonly patients: readonly string[]
  readonly rule?: string
  readonly request: string
}

export interface Detail {
  readonly network: string
  readonly query?: string
  readonly reason?: string
}

export const readStatement = (text: string): Statement => JSON.parse(text)

export const readDetail = (text: string | null): Detail | null => (text === null ? null : JSON.parse(text))

/** @returns null for a text that is not one of ours: somebody wrote it who may not */
export function statementIn(text: string): Statement | null {
  try {
    const found: Partial<Statement> | null = JSON.parse(text)
    const lists = [found?.roles, found?.entities, found?.patients]
    const isWhole = !Number.isNaN(Date.parse(found?.at ?? '')) && typeof found?.agent === 'string'
    return isWhole && lists.every((list) => Array.isArray(list)) ? (found as Statement) : null
  } catch {
    return null
  }
}

const VERSION = '/_history/'

/** @returns reference and version of an entity of a statement */
export function entityOf(text: string): { reference: string; version: string | null } {
  const at = text.indexOf(VERSION)
  return at < 0
    ? { reference: text, version: null }
    : { reference: text.slice(0, at), version: text.slice(at + VERSION.length) }
}
