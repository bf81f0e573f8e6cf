/**
 * The audit log over FHIR: AuditEvents are read and searched like other resources, and never written by anybody.
 * @source http://hl7.org/fhir/R4/auditevent.html
 */
import type { Outcome } from '#fhir/outcome'
import type { AuditEvent } from '#fhir/r4'
import type { Fence } from '#foundation/access-control'
import { type Act, type AuditLog, findActs, readAct } from '#foundation/audit-log'
import { jsonAnswer, refused, refusedBy } from '../fhir/answers.ts'
import { bundleText } from '../fhir/bundle-text.ts'
import { FORM_TYPES, unreadable } from '../fhir/content.ts'
import type { Answer, Exchange } from '../fhir/exchange.ts'
import { preferences } from '../fhir/headers.ts'
import { listed } from '../fhir/pieces.ts'
import { formatQuery, type Parameters, parseQuery } from '../fhir/query.ts'
import { sealPlace, unsealPlace } from './act-cursor.ts'
import { type ActQuery, actQueryOf } from './act-query.ts'
import { toAuditEvent } from './audit-event.ts'

/** An answer, and which acts it shows: looking at the log is an act as well. */
export interface AuditAnswer {
  readonly answer: Answer
  readonly shown: readonly Act[]
}

type Log = Pick<AuditLog, 'facility' | 'ledgers'>

const showing = (answer: Answer, shown: readonly Act[] = []): AuditAnswer => ({ answer, shown })

const METHODS = 'GET, HEAD'

/**
 * Carries out whatever was asked of the type AuditEvent. Who may ask is not decided here.
 * @param fence of the reader, whom PostgreSQL then holds to the area `audit` as well
 */
export async function actOnAuditEvents(log: Log, exchange: Exchange, fence?: Fence): Promise<AuditAnswer> {
  const { method, target } = exchange
  const isRead = method === 'GET' || method === 'HEAD'
  if (isRead && (target.level === 'version' || (target.level === 'instance' && target.name === '')))
    return readAuditEvent(log, exchange, fence)
  if (target.level === 'type' && (isRead ? target.name === '' : method === 'POST' && target.name === '_search'))
    return searchAuditEvents(log, exchange, fence)
  if (target.name !== '' && target.name !== '_search') return showing(refusedBy('FHIR-HTTP-21'))
  return showing({ ...refusedBy('FHIR-HTTP-4', 'AuditEvent'), headers: { allow: METHODS } })
}

const SEQ = /^[1-9]\d{0,18}$/

async function readAuditEvent(
  { ledgers, facility }: Log,
  { target }: Exchange,
  fence: Fence | undefined,
): Promise<AuditAnswer> {
  const isFirst = target.version === '' || target.version === '1'
  const isOne = SEQ.test(target.id) && BigInt(target.id) < 2n ** 63n && isFirst
  const act = isOne ? await ledgers.within((ledger) => readAct(ledger, facility, target.id), fence) : null
  if (act === null) return showing(refusedBy('FHIR-HTTP-2'))
  const event = toAuditEvent(act)
  const stored = { type: 'AuditEvent', id: act.seq, version: 1, at: act.statement.at }
  return showing({ ...jsonAnswer(event), stored }, [act])
}

async function searchAuditEvents(log: Log, exchange: Exchange, fence: Fence | undefined): Promise<AuditAnswer> {
  const { store, base, headers } = exchange
  const parameters = parametersOf(exchange)
  if (!parameters.ok) return showing(refused(parameters.refusals))
  const query = actQueryOf(parameters.value, base, preferences(headers).handling === 'strict')
  if (!query.ok) return showing(refused(query.refusals))
  const after = unsealPlace(store, query.value.cursor)
  if (!after.ok) return showing(refused(after.refusals))
  const { filter, count } = query.value
  const place = { after: after.value, count }
  const found =
    count === 0
      ? { acts: [], next: null }
      : await log.ledgers.within((ledger) => findActs(ledger, log.facility, filter, place), fence)
  const links = linksOf(exchange, query.value, sealPlace(store, found.next))
  const entries = listed(found.acts.map((act) => [entryText(base, toAuditEvent(act))]))
  return showing({ status: 200, body: bundleText({ type: 'searchset', links, entries }) }, found.acts)
}

function parametersOf({ query, method, body, store }: Exchange): Outcome<Parameters> {
  const isForm =
    method === 'POST' && body !== null && !('document' in body) && !unreadable(body.contentType, FORM_TYPES)
  const form = isForm ? Buffer.from(body.bytes).toString('utf8') : ''
  const parameters = parseQuery([query, form].filter(Boolean).join('&'))
  const sealed = parameters.ok ? parameters.value.findLast(([name]) => name === PAGE)?.[1] : undefined
  if (sealed === undefined) return parameters
  const text = store.unseal(sealed, PURPOSE, PAGE)
  return text.ok ? parseQuery(text.value) : text
}

/** The parameter that carries a whole posted search, sealed: whoever posts keeps patients out of addresses. */
const PAGE = '_page'
const PURPOSE = 'page of AuditEvent'

function linksOf({ base, method, query, store }: Exchange, { applied, cursor }: ActQuery, next: string | null) {
  const isDiscreet = method === 'POST' || query.includes(`${PAGE}=`)
  const to = (relation: 'self' | 'next', place: string | null) => {
    const asked: Parameters = place === null ? applied : [...applied, ['_cursor', place]]
    const text = formatQuery(isDiscreet && asked.length > 0 ? [[PAGE, store.seal(formatQuery(asked), PURPOSE)]] : asked)
    return { relation, url: `${base}/AuditEvent${text === '' ? '' : `?${text}`}` }
  }
  return [to('self', cursor), ...(next === null ? [] : [to('next', next)])]
}

const entryText = (base: string, event: AuditEvent): string =>
  `{"fullUrl":"${base}/AuditEvent/${event.id}","resource":${JSON.stringify(event)},"search":{"mode":"match"}}`
