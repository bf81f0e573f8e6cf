/** A closed-loop HTTP/1.1 load: every connection sends its next request when the answer to the last one is complete. */
import { type Socket, connect } from 'node:net'
import { percentiles } from './figures.ts'
import { type Response, ResponseReader } from './response-reader.ts'

export interface Request {
  /** the whole request as it goes over the wire */
  readonly bytes: Uint8Array
  /** looks at the body of a sampled answer. @returns what is wrong with it, or null */
  readonly check?: (body: string) => string | null
}

/** Where requests come from. Called once per request, so it prepares what can be prepared beforehand. */
export interface Source {
  /** the only status that counts as success */
  readonly status: number
  /** the next request of that connection; null when it has no more */
  next(connection: number): Request | null
  /** sees the head of every answer, e.g. for its ETag */
  seen?(connection: number, head: string): void
}

export interface LoadOptions {
  readonly port: number
  readonly connections: number
  /** seconds before counting begins */
  readonly warmUp: number
  /** seconds that are counted, unless the source has no more requests earlier */
  readonly seconds: number
  /** called when counting begins and when it ends: reads the meters of the measured processes */
  readonly atEdges?: () => void
}

export interface Measured {
  readonly requests: number
  readonly seconds: number
  readonly perSecond: number
  /** milliseconds */
  readonly p50: number
  readonly p95: number
  readonly p99: number
  /** mean length of an answer's body */
  readonly bytes: number
  /** bodies that were parsed and checked */
  readonly checked: number
}

/** One answer in so many is parsed and checked, and the first of each connection. */
const SAMPLE_EVERY = 101
const READ_BUFFER = 256 * 1024
/** ms; a load whose server says nothing for so long has failed */
const PATIENCE = 60_000

/** Wrong answers end the measurement: figures of a server that refuses would be a lie. */
export class WrongAnswer extends Error {
  override readonly name = 'WrongAnswer'
}

/** @throws WrongAnswer at the first answer that is not what the source expects */
export function drive(source: Source, options: LoadOptions): Promise<Measured> {
  return new Run(source, options).result
}

/** The state of one measurement. */
class Run {
  readonly result: Promise<Measured>
  readonly #source: Source
  readonly #options: LoadOptions
  readonly #sockets: Socket[] = []
  readonly #latencies: number[] = []
  #counting = false
  #startedAt = 0
  #endedAt = 0
  #bytes = 0
  #checked = 0
  #active = 0
  #stopped = false
  #settle: { resolve: (measured: Measured) => void; reject: (fault: Error) => void } | null = null

  constructor(source: Source, options: LoadOptions) {
    this.#source = source
    this.#options = options
    this.result = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
      if (options.warmUp <= 0) this.#begin()
      else setTimeout(() => this.#begin(), options.warmUp * 1000)
      for (let i = 0; i < options.connections; i += 1) this.#open(i)
    })
  }

  #begin(): void {
    if (this.#stopped) return
    this.#options.atEdges?.()
    this.#counting = true
    this.#startedAt = performance.now()
    setTimeout(() => this.#end(), this.#options.seconds * 1000).unref()
  }

  #end(): void {
    if (this.#stopped) return
    this.#endedAt = performance.now()
    this.#stopped = true
    this.#options.atEdges?.()
    for (const socket of this.#sockets) socket.destroy()
    if (this.#latencies.length === 0) this.#settle?.reject(new Error('not one request was answered in time'))
    else this.#settle?.resolve(this.#measured())
  }

  #fail(fault: Error): void {
    if (this.#stopped) return
    this.#stopped = true
    for (const socket of this.#sockets) socket.destroy()
    this.#settle?.reject(fault)
  }

  #open(connection: number): void {
    const buffer = Buffer.allocUnsafe(READ_BUFFER)
    let sentAt = 0
    let request: Request | null = null
    let sent = connection
    const send = (): void => {
      request = this.#stopped ? null : this.#source.next(connection)
      if (request === null) return this.#leave(socket)
      reader.keepBody = request.check !== undefined && (sent === connection || sent % SAMPLE_EVERY === 0)
      sent += 1
      sentAt = performance.now()
      socket.write(request.bytes)
    }
    const reader = new ResponseReader((response) => {
      this.#answered(connection, request, response, performance.now() - sentAt, reader.keepBody)
      send()
    })
    const read = (length: number): boolean => {
      try {
        reader.push(buffer.subarray(0, length))
      } catch (fault) {
        this.#fail(fault as Error)
      }
      return !this.#stopped
    }
    const socket = connect({ port: this.#options.port, host: '127.0.0.1', onread: { buffer, callback: read } })
    socket.setNoDelay(true)
    socket.setTimeout(PATIENCE, () => this.#fail(new Error('the server did not answer for a minute')))
    socket.on('connect', send)
    socket.on('error', (fault) => this.#fail(fault))
    socket.on('close', () => this.#fail(new Error('the server closed a connection that was in use')))
    this.#sockets.push(socket)
    this.#active += 1
  }

  /** The last connection without further requests ends the measurement before its time. */
  #leave(socket: Socket): void {
    socket.removeAllListeners('close').destroy()
    this.#active -= 1
    if (this.#active === 0 && !this.#stopped) this.#end()
  }

  #answered(connection: number, request: Request | null, response: Response, ms: number, sampled: boolean): void {
    if (response.status !== this.#source.status) {
      const told = response.body.toString('utf8').slice(0, 500)
      throw new WrongAnswer(`status ${response.status} instead of ${this.#source.status}: ${told}`)
    }
    this.#source.seen?.(connection, response.head)
    if (sampled) {
      const wrong = request?.check?.(response.body.toString('utf8'))
      if (wrong) throw new WrongAnswer(wrong)
      this.#checked += 1
    }
    if (!this.#counting) return
    this.#latencies.push(ms)
    this.#bytes += response.bytes
  }

  #measured(): Measured {
    const requests = this.#latencies.length
    const seconds = (this.#endedAt - this.#startedAt) / 1000
    return {
      requests,
      seconds,
      perSecond: requests / seconds,
      ...percentiles(this.#latencies),
      bytes: this.#bytes / requests,
      checked: this.#checked,
    }
  }
}
