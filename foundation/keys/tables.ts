import pg from 'pg'
import { fenceText, SYSTEM_FENCE } from '#foundation/access-control'

export interface Sql {
  query<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[]): Promise<readonly Row[]>
}

export interface Tables extends Sql {
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>
  close(): Promise<void>
}

const CONNECTIONS = 2

const over = (client: pg.Pool | pg.PoolClient): Sql => ({
  query: async (text, values) => (await client.query(text, values as unknown[])).rows,
})

/** Connections that see the sealed tables of one facility. Who may read what is decided before they are asked. */
export function openTables(config: pg.PoolConfig, facility: number): Tables {
  const fence = `-c lanh.reader=${fenceText(facility, SYSTEM_FENCE)}`
  const options = [config.options, fence].filter(Boolean).join(' ')
  const pool = new pg.Pool({ ...config, options, max: CONNECTIONS, idleTimeoutMillis: 60_000 })
  // A connection that the server ends is replaced on the next query; without a listener it would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return {
    ...over(pool),
    close: () => pool.end(),
    async transaction(work) {
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
    },
  }
}
