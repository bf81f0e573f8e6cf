import pg from 'pg'

export interface Sql {
  query<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[]): Promise<readonly Row[]>
  /**
   * What is remembered of these accounts, devices or sessions is not believed any more; inside a transaction from its end
   * on, so that nobody remembers again what is just being changed.
   */
  forget(...ids: readonly string[]): void
}

export interface Tables extends Sql {
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>
  close(): Promise<void>
}

const CONNECTIONS = 4

const over = (client: pg.Pool | pg.PoolClient, forget: Sql['forget']): Sql => ({
  forget,
  query: async (text, values) => (await client.query(text, values as unknown[])).rows,
})

/** A few connections of our own: a crowd at the sign-in never waits behind a crowd at the record, nor the other way. */
export function openTables(config: pg.PoolConfig, forget: Sql['forget']): Tables {
  const pool = new pg.Pool({ ...config, max: CONNECTIONS, idleTimeoutMillis: 60_000 })
  // A connection that the server ends is replaced on the next query; without a listener it would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return {
    ...over(pool, forget),
    close: () => pool.end(),
    async transaction(work) {
      const client = await pool.connect()
      const changed: string[] = []
      try {
        await client.query('begin')
        const result = await work(over(client, (...ids) => void changed.push(...ids)))
        await client.query('commit')
        client.release()
        return result
      } catch (fault) {
        await client.query('rollback').then(
          () => client.release(),
          (broken: Error) => client.release(broken),
        )
        throw fault
      } finally {
        if (changed.length > 0) forget(...changed)
      }
    },
  }
}

/** True when PostgreSQL refused a row because its key exists. */
export const isTaken = (fault: unknown): boolean =>
  typeof fault === 'object' && fault !== null && 'code' in fault && fault.code === '23505'
