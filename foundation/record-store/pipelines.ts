/**
 * A few connections that carry several statements at once: the next is sent before the answer to the last has come, so
 * that neither side waits for the other's message loop. For short statements only: what stands behind waits for what is
 * before.
 */
import type { Writable } from 'node:stream'
import pg from 'pg'

interface Pipeline {
  underWay: number
  client: Promise<pg.Client> | null
}

export interface Pipelines {
  query(config: pg.QueryArrayConfig): Promise<pg.QueryArrayResult<(string | null)[]>>
  end(): Promise<void>
}

/** pg's types leave out the socket of a connection. */
const streamOf = (client: pg.Client): Writable =>
  (client as unknown as { readonly connection: { readonly stream: Writable } }).connection.stream

/**
 * What is asked in one turn of the event loop leaves in one write: waking PostgreSQL costs more than the bytes (28 % of
 * a busy server's time before).
 */
function sendTogether(stream: Writable): void {
  if (stream.writableCorked > 0) return
  stream.cork()
  setImmediate(() => stream.uncork())
}

/** @param together whether what is asked in one turn leaves in one write, or each statement at once */
export function pipelines(config: pg.ClientConfig, count: number, together = true): Pipelines {
  const all: Pipeline[] = Array.from({ length: count }, () => ({ underWay: 0, client: null }))

  /** A connection that ended is forgotten; the next statement opens another. */
  function open(pipeline: Pipeline): Promise<pg.Client> {
    const client = new pg.Client({ ...config, pipeline: true } as pg.ClientConfig)
    const connected = client.connect().then(() => client)
    const forget = () => {
      if (pipeline.client === connected) pipeline.client = null
    }
    client.on('error', forget)
    client.on('end', forget)
    connected.catch(forget)
    pipeline.client = connected
    return connected
  }

  return {
    async query(statement) {
      const pipeline = all.reduce((least, each) => (each.underWay < least.underWay ? each : least))
      pipeline.underWay += 1
      try {
        const client = await (pipeline.client ?? open(pipeline))
        if (together) sendTogether(streamOf(client))
        return await client.query<(string | null)[]>(statement)
      } finally {
        pipeline.underWay -= 1
      }
    },
    async end() {
      const open = all.flatMap(({ client }) => client ?? [])
      await Promise.allSettled(open.map(async (client) => (await client).end()))
    },
  }
}
