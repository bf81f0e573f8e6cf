/**
 * One connection that carries several statements at once: the next group of acts is with PostgreSQL while it flushes the
 * last. Opened again when it was lost.
 */
import pg from 'pg'

/** PostgreSQL has certainly not seen the statement. */
export class NotSent extends Error {}

export interface Line {
  /** @throws NotSent when there is no connection and none can be made */
  readonly run: (statement: pg.QueryConfig) => Promise<void>
  readonly end: () => Promise<void>
}

export function openLine(config: pg.ClientConfig): Line {
  let current: Promise<pg.Client> | null = null

  function connect(): Promise<pg.Client> {
    const client = new pg.Client({ ...config, pipeline: true } as pg.ClientConfig)
    const connected = client.connect().then(() => client)
    const forget = () => {
      if (current === connected) current = null
    }
    client.on('error', forget)
    client.on('end', forget)
    connected.catch(forget)
    current = connected
    return connected
  }

  return {
    async run(statement) {
      const client = await (current ?? connect()).catch((fault: unknown) => {
        throw new NotSent('no connection for the audit log', { cause: fault })
      })
      await client.query(statement)
    },
    async end() {
      const client = await current?.catch(() => null)
      await client?.end()
    },
  }
}
