/** An act as the text that is stored. In the way of every request, so it costs some microseconds. */
import { randomFillSync } from 'node:crypto'
import type { AuditEntry, AuditFacts } from './types.ts'

/** Printable ASCII without quotation mark and backslash: JSON as it stands. */
const PLAIN = /^[ !#-[\]-~]*$/

/** U+0000 is no text for PostgreSQL, and nothing that we name has it. */
const quoted = (text: string): string => (PLAIN.test(text) ? `"${text}"` : JSON.stringify(text.replaceAll('\0', '')))

const listed = (texts: readonly string[]): string => `[${texts.map(quoted).join(',')}]`

const member = (name: string, value: string | null | undefined): string =>
  value === null || value === undefined ? '' : `,"${name}":${quoted(value)}`

const entityText = ({ reference, version }: AuditFacts['entities'][number]): string =>
  version === undefined ? reference : `${reference}/_history/${version}`

/** @returns the act in its canonical form, with a salt of its own */
export function auditEntry(facts: AuditFacts): AuditEntry {
  const { agent, entities, patients, more = 0 } = facts
  const statement =
    `{"at":${quoted(facts.at)},"action":"${facts.action}","outcome":"${facts.outcome}"` +
    `,"agent":${quoted(agent.reference)}${member('account', agent.account)},"roles":${listed(agent.roles)}` +
    `${member('client', agent.client)}${member('session', agent.session)},"purpose":${quoted(agent.purpose)}` +
    `,"entities":${listed(entities.map(entityText))}${more > 0 ? `,"more":${more}` : ''}` +
    `,"patients":${listed(patients)}${member('rule', facts.rule)},"request":${quoted(facts.request)}}`
  const detail = `{"network":${quoted(agent.network)}${member('query', facts.query)}${member('reason', facts.reason)}}`
  return { statement, detail, salt: newSalt() }
}

const SALT_BYTES = 16
const SALT_DIGITS = 2 * SALT_BYTES
const pool = Buffer.alloc(256 * SALT_BYTES)
let digits = ''
let used = 0

/** Random bytes are asked for by the page: a call for each costs more than the rest of an entry. */
function newSalt(): string {
  if (used >= digits.length) {
    digits = randomFillSync(pool).toString('hex')
    used = 0
  }
  used += SALT_DIGITS
  return digits.slice(used - SALT_DIGITS, used)
}
