const NEWLINE = 0x0a

/** Cuts NDJSON into its lines while it streams by. Empty lines are dropped, the numbers of the others are kept. */
export class LineCutter {
  #begun: Buffer[] = []
  #number = 0

  /** Bytes of the line that has not ended. */
  get held(): number {
    return this.#begun.reduce((sum, { length }) => sum + length, 0)
  }

  /** @returns the lines that end in this chunk; `number` counts from 1 */
  push(chunk: Buffer): readonly Line[] {
    const lines: Line[] = []
    let from = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      lines.push(this.#take(chunk.subarray(from, end)))
      from = end + 1
    }
    if (from < chunk.length) this.#begun.push(chunk.subarray(from))
    return lines.filter(isFull)
  }

  /** The last line, when the file does not end with a line end. */
  rest(): readonly Line[] {
    return [this.#take(Buffer.alloc(0))].filter(isFull)
  }

  #take(end: Buffer): Line {
    const bytes = this.#begun.length === 0 ? end : Buffer.concat([...this.#begun, end])
    this.#begun = []
    return { number: ++this.#number, bytes }
  }
}

export interface Line {
  readonly number: number
  readonly bytes: Buffer
}

const isFull = ({ bytes }: Line): boolean => bytes.some((byte) => byte > 0x20)
