/**
 * Cuts the bytes of one keep-alive connection into HTTP/1.1 responses. It knows what the bench needs: Content-Length,
 * chunked bodies, and bodies that are absent (204, 304). Bodies nobody looks at are counted and dropped.
 * @source https://www.rfc-editor.org/rfc/rfc9112#section-6
 */

/** One whole response. `body` is empty unless it was asked for. */
export interface Response {
  readonly status: number
  /** status line and headers, as they came */
  readonly head: string
  readonly body: Buffer
  /** length of the body on the wire, chunk sizes not counted */
  readonly bytes: number
}

type State = 'head' | 'body' | 'chunk-size' | 'chunk' | 'chunk-end' | 'trailer'

const HEAD_END = Buffer.from('\r\n\r\n')
const CONTENT_LENGTH = /\r\ncontent-length: *(\d+)/i
const CHUNKED = /\r\ntransfer-encoding: *chunked/i
const EMPTY = Buffer.alloc(0)

/** Reads responses one after the other; one request is in flight at a time. */
export class ResponseReader {
  /** whether the body of the next response is kept; that of an error always is */
  keepBody = false
  readonly #done: (response: Response) => void
  #state: State = 'head'
  #rest: Buffer = EMPTY
  #head = ''
  #status = 0
  #left = 0
  #bytes = 0
  #pieces: Buffer[] = []

  constructor(done: (response: Response) => void) {
    this.#done = done
  }

  /** @param data valid only during the call: kept parts are copied */
  push(data: Buffer): void {
    let bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, data]) : data
    this.#rest = EMPTY
    while (bytes.length > 0) {
      const used = this.#step(bytes)
      if (used === 0) {
        this.#rest = Buffer.from(bytes)
        return
      }
      bytes = bytes.subarray(used)
    }
  }

  /** @returns how many bytes were understood; 0 when more are needed */
  #step(bytes: Buffer): number {
    switch (this.#state) {
      case 'head':
        return this.#readHead(bytes)
      case 'body':
      case 'chunk':
        return this.#readPart(bytes)
      case 'chunk-end':
        return bytes.length < 2 ? 0 : this.#goTo('chunk-size', 2)
      case 'chunk-size':
      case 'trailer':
        return this.#readLine(bytes)
    }
  }

  #goTo(state: State, used: number): number {
    this.#state = state
    return used
  }

  #readHead(bytes: Buffer): number {
    const end = bytes.indexOf(HEAD_END)
    if (end < 0) return 0
    this.#head = bytes.toString('latin1', 0, end)
    this.#status = Number(this.#head.slice(9, 12))
    this.#bytes = 0
    const used = end + HEAD_END.length
    if (CHUNKED.test(this.#head)) return this.#goTo('chunk-size', used)
    this.#left = Number(CONTENT_LENGTH.exec(this.#head)?.[1] ?? 0)
    if (this.#left === 0) this.#finish()
    else this.#state = 'body'
    return used
  }

  #readPart(bytes: Buffer): number {
    const used = Math.min(this.#left, bytes.length)
    if (this.keepBody || this.#status >= 400) this.#pieces.push(Buffer.from(bytes.subarray(0, used)))
    this.#bytes += used
    this.#left -= used
    if (this.#left > 0) return used
    if (this.#state === 'chunk') return this.#goTo('chunk-end', used)
    this.#finish()
    return used
  }

  #readLine(bytes: Buffer): number {
    const end = bytes.indexOf('\r\n')
    if (end < 0) return 0
    const used = end + 2
    if (this.#state === 'trailer') {
      if (end === 0) this.#finish()
      return used
    }
    this.#left = Number.parseInt(bytes.toString('latin1', 0, end), 16)
    if (Number.isNaN(this.#left)) throw new Error('the response is not framed as HTTP/1.1 says')
    return this.#goTo(this.#left === 0 ? 'trailer' : 'chunk', used)
  }

  #finish(): void {
    const body = this.#pieces.length === 0 ? EMPTY : Buffer.concat(this.#pieces)
    this.#pieces = []
    this.#state = 'head'
    this.#done({ status: this.#status, head: this.#head, body, bytes: this.#bytes })
  }
}
