/** Prepared statements, planned once and for all where the plan does not depend on the values, by statistics elsewhere. */
import pg from 'pg'
import { pipelines } from './pipelines.ts'

export interface Sql {
  /** every cell as PostgreSQL's own text (or null): the callers know their columns, nothing is guessed */
  rows(text: string, values: readonly unknown[]): Promise<readonly (readonly (string | null)[])[]>
}

export interface Connections {
  /** short reads whose plan does not depend on the values: planned once, several under way on one connection */
  readonly hot: Sql
  /** writes and long reads, planned once per connection as well */
  readonly steady: Sql
  /** groups of writes: the next one is with PostgreSQL already when it has stored the last */
  readonly grouped: Sql
  /** searches whose best plan depends on the statistics of the values */
  readonly planned: Sql
  /** true behind a reader's fence */
  readonly isFenced?: boolean
  /** several statements in one transaction; rolled back when `work` throws */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>
  close(): Promise<void>
}

const asText = { getTypeParser: () => (value: string) => value } as unknown as pg.CustomTypesConfig

/** A shape of statement gets a name on first use; rare shapes beyond the limit are parsed each time instead. */
const NAMED_STATEMENTS = 500
const names = new Map<string, string>()

function statementName(text: string): string | undefined {
  const known = names.get(text)
  if (known !== undefined || names.size >= NAMED_STATEMENTS) return known
  const name = `s${names.size}`
  names.set(text, name)
  return name
}

interface Queryable {
  query(statement: pg.QueryArrayConfig): Promise<pg.QueryArrayResult<(string | null)[]>>
}

const over = (client: Queryable): Sql => ({
  async rows(text, values) {
    const name = statementName(text)
    const result = await client.query({
      ...(name === undefined ? {} : { name }),
      text,
      values: values as unknown[],
      rowMode: 'array',
      types: asText,
    })
    return result.rows
  },
})

const PIPELINES = 3

/** No question of a reader takes longer: whoever asks too much is told so, and the others go on. */
const READER_PATIENCE_MS = 10_000

/** A group gives up on a key that a long transaction holds (an import of the same resource): everybody waits behind it. */
const GROUP_LOCK_WAIT_MS = 100

/**
 * @param reader whom row policies take every statement for; without one nothing is shown to a statement that does not
 * say by itself for whom it is (`fenced`)
 * @param connectionsPerPool how many server processes each of the two pools may use
 */
export function connect(config: pg.PoolConfig, reader: string | null, connectionsPerPool = 8): Connections {
  const asReader = reader === null ? `-c statement_timeout=${READER_PATIENCE_MS}` : `-c lanh.reader=${reader}`
  const planning = (mode: string, more = '') => ({
    ...config,
    options: [config.options, `-c plan_cache_mode=${mode}`, '-c jit=off', asReader, more].filter(Boolean).join(' '),
  })
  const pool = (mode: string) => new pg.Pool({ ...planning(mode), max: connectionsPerPool, idleTimeoutMillis: 60_000 })
  const hot = pipelines(planning('force_generic_plan'), PIPELINES)
  const grouped = pipelines(planning('force_generic_plan', `-c lock_timeout=${GROUP_LOCK_WAIT_MS}`), 1, false)
  const steady = pool('force_generic_plan')
  const planned = pool('force_custom_plan')
  // A connection that the server ends is replaced on the next query, and its statement rejects; without a listener, idle
  // or lent out, it would end the process.
  for (const each of [steady, planned]) {
    each.on('error', () => {})
    each.on('connect', (client) => client.on('error', () => {}))
  }
  return {
    hot: over(hot),
    steady: over(steady),
    grouped: over(grouped),
    planned: over(planned),
    transaction: (work) => inTransaction(steady, work),
    async close() {
      await Promise.all([hot.end(), grouped.end(), steady.end(), planned.end()])
    },
  }
}

/**
 * The same connections for one reader: each statement says for whom it is, for as long as it runs. PostgreSQL looks at
 * the outer condition first, once, so that the policies below it find the reader.
 */
export function fenced(sql: Sql, reader: string): Sql {
  return {
    rows: (text, values) =>
      sql.rows(
        `select q.* from (${text}) q where (select set_config('lanh.reader', $${values.length + 1}, true)) <> ''`,
        [...values, reader],
      ),
  }
}

/** Nothing can be written over these. */
export function fencedConnections({ hot, steady, planned }: Connections, reader: string): Connections {
  const none = () => Promise.reject(new Error('nothing is written behind a fence'))
  return {
    hot: fenced(hot, reader),
    steady: fenced(steady, reader),
    planned: fenced(planned, reader),
    grouped: { rows: none },
    isFenced: true,
    transaction: none,
    close: () => Promise.resolve(),
  }
}

async function inTransaction<T>(pool: pg.Pool, work: (sql: Sql) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('begin')
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

/** True when PostgreSQL refused a row because its key exists: somebody else wrote that version first. */
export const isUniqueViolation = (fault: unknown): boolean =>
  typeof fault === 'object' && fault !== null && 'code' in fault && fault.code === '23505'

/** Errors the server reported before it could commit: a refused value or key, a syntax error, a lock not had in time. */
const CERTAINLY_ROLLED_BACK = /^(2[2-8]|4[0-4]|53|54|55P03|XX)/

/** False when the statement certainly left nothing behind; true when the connection was lost and nobody can know. */
export const mayHaveCommitted = (fault: unknown): boolean =>
  fault instanceof Error &&
  (fault instanceof pg.DatabaseError
    ? !CERTAINLY_ROLLED_BACK.test(fault.code ?? '')
    : 'code' in fault || /connection/i.test(fault.message))

/** A PostgreSQL array literal of numbers (bigint, integer, double precision; null as NULL). */
export const numbers = (values: readonly (number | bigint | string | null)[]): string =>
  `{${values.map((value) => value ?? 'NULL').join(',')}}`

const quoted = (value: string): string => `"${value.replace(/[\\"]/g, '\\$&')}"`

/** A PostgreSQL array literal of any text. */
export const texts = (values: readonly string[]): string => `{${values.map(quoted).join(',')}}`

/** An array of array literals: PostgreSQL has no ragged arrays, so the inner ones travel as text and are cast. */
export const ragged = (values: readonly (readonly (number | bigint)[])[]): string =>
  `{${values.map((inner) => `"{${inner.join(',')}}"`).join(',')}}`
