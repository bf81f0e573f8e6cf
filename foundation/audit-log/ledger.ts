/** The tables of the audit log, as the log itself sees them: all of one facility. */
import pg from 'pg'
import { type Fence, fenceText, SYSTEM_FENCE } from '#foundation/access-control'

export type Row = readonly (string | null)[]

/** Statements of one transaction. Every cell is PostgreSQL's own text. */
export interface Ledger {
  readonly rows: (text: string, values: readonly unknown[]) => Promise<readonly Row[]>
}

export interface Ledgers {
  /** one snapshot for all of `work`; rolled back when it throws */
  readonly within: <T>(work: (ledger: Ledger) => Promise<T>, fence?: Fence) => Promise<T>
  /** the same, by one at a time of all who number and sign @returns null when somebody else is at it */
  readonly alone: <T>(work: (ledger: Ledger) => Promise<T>) => Promise<T | null>
  readonly close: () => Promise<void>
}

/** The setting of a connection that belongs to the audit log alone. */
export const asTheLog = <T extends pg.ClientConfig>(config: T, facility: number): T => ({
  ...config,
  options: [config.options, `-c lanh.reader=${fenceText(facility, SYSTEM_FENCE)}`, '-c jit=off']
    .filter(Boolean)
    .join(' '),
})

const asText = { getTypeParser: () => (value: string) => value } as unknown as pg.CustomTypesConfig

const over = (client: pg.ClientBase): Ledger => ({
  async rows(text, values) {
    const { rows } = await client.query<(string | null)[]>({
      text,
      values: values as unknown[],
      rowMode: 'array',
      types: asText,
    })
    return rows
  },
})

const CONNECTIONS = 3

export function openLedgers(config: pg.PoolConfig, facility: number): Ledgers {
  const pool = new pg.Pool({ ...asTheLog(config, facility), max: CONNECTIONS, idleTimeoutMillis: 60_000 })
  // A connection that the server ends is replaced on the next statement; without a listener it would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return {
    within: (work, fence) =>
      inTransaction(pool, work, fence && `select set_config('lanh.reader', '${fenceText(facility, fence)}', true)`),
    alone: (work) => inTransaction(pool, work, ALONE).catch(nullWhenTaken),
    close: () => pool.end(),
  }
}

/** Comes before the snapshot is taken, as no query could: whoever has the lock sees what the last one did. */
const ALONE = 'lock table audit_position in share row exclusive mode nowait'

function nullWhenTaken(fault: unknown): null {
  if (fault instanceof pg.DatabaseError && fault.code === '55P03') return null
  throw fault
}

/** @param first statement of the transaction */
async function inTransaction<T>(
  pool: pg.Pool,
  work: (ledger: Ledger) => Promise<T>,
  first: string | undefined,
): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('begin isolation level repeatable read')
    if (first !== undefined) await client.query(first)
    const result = await work(over(client))
    await client.query('commit')
    client.release()
    return result
  } catch (fault) {
    await client.query('rollback').then(
      () => client.release(),
      (broken: Error) => client.release(broken),
    )
    throw fault
  }
}
