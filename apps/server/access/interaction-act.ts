import type { Act } from '#foundation/access-control'
import type { AuditAction } from '#foundation/audit-log'
import type { Interaction } from '../fhir/index.ts'

/** What an interaction is for the policy and in the audit log; null where it touches no record. */
export interface InteractionAct {
  readonly act: Act
  readonly action: AuditAction
  /** true: the store asks about every write by itself and audits it in the statement that stores it */
  readonly writes: boolean
}

const reads = (act: Act, action: AuditAction): InteractionAct => ({ act, action, writes: false })
const writes = (act: Act, action: AuditAction): InteractionAct => ({ act, action, writes: true })

const SEARCH = reads('search', 'search')
const READ = reads('read', 'read')
const HISTORY = reads('read', 'history')

/** By method, level and name of the table of interactions. Every line of that table is here (tested). */
const ACTS: Readonly<Record<string, InteractionAct | null>> = {
  'GET system metadata': null,
  // The entries of a Bundle are asked about one by one.
  'POST system ': null,
  'POST system $validate': null,
  'POST type $validate': null,
  'GET system ': SEARCH,
  'POST system _search': SEARCH,
  'GET type ': SEARCH,
  'POST type _search': SEARCH,
  'GET compartment ': SEARCH,
  'GET system _history': HISTORY,
  'GET type _history': HISTORY,
  'GET instance _history': HISTORY,
  'GET system $meta': SEARCH,
  'GET type $meta': SEARCH,
  'GET instance $meta': READ,
  'GET instance ': READ,
  'GET version ': reads('read', 'vread'),
  'GET instance $everything': reads('copy', 'everything'),
  'GET instance $timeline': reads('read', 'search'),
  'POST type ': writes('create', 'create'),
  'PUT type ': writes('edit', 'update'),
  'PUT instance ': writes('edit', 'update'),
  'PATCH type ': writes('edit', 'patch'),
  'PATCH instance ': writes('edit', 'patch'),
  'DELETE type ': writes('cancel', 'delete'),
  'DELETE instance ': writes('cancel', 'delete'),
}

/** @throws for an interaction that the table does not know: it is then refused rather than let through */
export function interactionAct({
  method,
  level,
  name,
}: Pick<Interaction, 'method' | 'level' | 'name'>): InteractionAct | null {
  const key = `${method} ${level} ${name}`
  // An operation that only reads may be posted too.
  const found = key in ACTS ? key : `GET ${level} ${name}`
  if (!(found in ACTS)) throw new Error(`access: ${key} is in no line`)
  return ACTS[found] ?? null
}
