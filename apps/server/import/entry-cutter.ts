/**
 * Cuts a JSON file into the entries of its Bundle while it streams by, so that a Bundle of hundreds of megabytes never
 * stands in memory. Only structure is looked at here: in what is left of the file a 0 stands for each entry, so that
 * parsing the rest strictly also proves that the commas and brackets around the entries are right.
 */

const [QUOTE, BACKSLASH, OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = [0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d]
const ENTRY = Buffer.from('entry')
const PLACEHOLDER = Buffer.from('0')

/** The root object is at depth 1, its array `entry` at 2, an entry at 3. */
const IN_ROOT = 1
const IN_ARRAY = 2
const IN_ENTRY = 3

export class EntryCutter {
  readonly #rest: Buffer[] = []
  /** pieces of an entry that began in an earlier chunk */
  #begun: Buffer[] = []
  #depth = 0
  #inString = false
  #isEscaped = false
  #inEntries = false
  /** how many bytes of the latest string in the root are those of "entry"; -1 once one was not */
  #matched = -1

  #held = 0

  /** Bytes held back because they belong to no entry, or their entry has not ended. */
  get held(): number {
    return this.#held + this.#begun.reduce((sum, { length }) => sum + length, 0)
  }

  /** @returns the entries that end in this chunk, in order; views of it where they also begin in it */
  push(chunk: Buffer): readonly Buffer[] {
    const entries: Buffer[] = []
    let from = 0
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at]!
      if (this.#inString) {
        at = this.#depth === IN_ROOT ? this.#readName(chunk, at) : this.#skipString(chunk, at)
      } else if (byte === QUOTE) {
        this.#inString = true
        if (this.#depth === IN_ROOT) this.#matched = 0
      } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        if (this.#opens(byte)) {
          this.#keep(chunk.subarray(from, at))
          from = at
        }
      } else if ((byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) && this.#closes()) {
        entries.push(this.#finish(chunk.subarray(from, at + 1)))
        this.#keep(PLACEHOLDER)
        from = at + 1
      }
    }
    const tail = chunk.subarray(from)
    if (this.#inEntries && this.#depth >= IN_ENTRY) this.#begun.push(tail)
    else this.#keep(tail)
    return entries
  }

  /** What is left when the file has ended: `{"resourceType":"Bundle","type":"transaction","entry":[0,0]}` */
  rest(): Buffer {
    return Buffer.concat([...this.#rest, ...this.#begun])
  }

  #finish(end: Buffer): Buffer {
    if (this.#begun.length === 0) return end
    const entry = Buffer.concat([...this.#begun, end])
    this.#begun = []
    return entry
  }

  /** A copy: a few bytes must not hold on to the chunk they came in. */
  #keep(bytes: Buffer): void {
    this.#rest.push(Buffer.from(bytes))
    this.#held += bytes.length
  }

  /** Goes on in a string of the root, comparing it with "entry". @returns where it was left */
  #readName(chunk: Buffer, at: number): number {
    const byte = chunk[at]!
    if (this.#isEscaped) this.#isEscaped = false
    else if (byte === BACKSLASH) this.#isEscaped = true
    else if (byte === QUOTE) {
      this.#inString = false
      return at
    }
    if (this.#matched >= 0) this.#matched = byte === ENTRY[this.#matched] ? this.#matched + 1 : -1
    return at
  }

  /** Most of a file is strings, and what is in them does not matter here. @returns the closing quote or the chunk's end */
  #skipString(chunk: Buffer, start: number): number {
    if (this.#isEscaped) {
      this.#isEscaped = false
      return start
    }
    for (let quote = chunk.indexOf(QUOTE, start); ; quote = chunk.indexOf(QUOTE, quote + 1)) {
      const end = quote < 0 ? chunk.length : quote
      let before = end
      while (before > start && chunk[before - 1] === BACKSLASH) before--
      const isEscaped = (end - before) % 2 === 1
      if (quote < 0) this.#isEscaped = isEscaped
      else if (isEscaped) continue
      else this.#inString = false
      return end
    }
  }

  /** @returns true where an entry begins */
  #opens(byte: number): boolean {
    this.#depth++
    if (this.#depth === IN_ARRAY && byte === OPEN_ARRAY) this.#inEntries = this.#matched === ENTRY.length
    return this.#inEntries && this.#depth === IN_ENTRY && byte === OPEN_OBJECT
  }

  /** @returns true where an entry ends */
  #closes(): boolean {
    this.#depth--
    if (this.#depth < IN_ARRAY) this.#inEntries = false
    return this.#inEntries && this.#depth === IN_ARRAY
  }
}
