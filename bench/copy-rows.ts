/** COPY … FROM STDIN through the driver itself, so that no further package is needed for one measurement. */
import type { Writable } from 'node:stream'
import type { Client, Connection, Submittable } from 'pg'

/** What the driver calls on a query object during COPY; its types leave these out. */
interface CopyConnection {
  query(text: string): void
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
  readonly stream: Writable
}

/** Resolves when the server has committed every row. @param chunks lines in PostgreSQL's text format */
export function copyInto(client: Client, table: string, chunks: Iterable<Buffer>): Promise<void> {
  return new Promise((resolve, reject) => client.query(new CopyFrom(table, chunks, resolve, reject)))
}

class CopyFrom implements Submittable {
  readonly #table: string
  readonly #chunks: Iterator<Buffer>
  readonly #resolve: () => void
  readonly #reject: (fault: Error) => void
  #failed = false

  constructor(table: string, chunks: Iterable<Buffer>, resolve: () => void, reject: (fault: Error) => void) {
    this.#table = table
    this.#chunks = chunks[Symbol.iterator]()
    this.#resolve = resolve
    this.#reject = reject
  }

  submit(connection: Connection): void {
    const wire: unknown = connection
    ;(wire as CopyConnection).query(`copy ${this.#table} from stdin`)
  }

  handleCopyInResponse(connection: CopyConnection): void {
    for (;;) {
      const { value, done } = this.#chunks.next()
      if (done) return connection.endCopyFrom()
      connection.sendCopyFromChunk(value)
      if (connection.stream.writableNeedDrain) {
        connection.stream.once('drain', () => this.handleCopyInResponse(connection))
        return
      }
    }
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    if (!this.#failed) this.#resolve()
  }

  handleError(fault: Error): void {
    this.#failed = true
    this.#reject(fault)
  }
}
