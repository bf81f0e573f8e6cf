/**
 * A QR code of a text, for the authenticator app: byte mode, error correction M, versions 1 to 12.
 * @source ISO/IEC 18004:2015
 */

interface Version {
  /** codewords in all */
  readonly total: number
  /** error correction codewords of each block */
  readonly correction: number
  readonly blocks: number
  /** centres of the alignment patterns, in both directions */
  readonly centres: readonly number[]
}

const version = (total: number, correction: number, blocks: number, ...centres: number[]): Version => ({
  total,
  correction,
  blocks,
  centres,
})

/** Error correction M. @source ISO/IEC 18004 tables 9 and E.1 */
const VERSIONS: readonly Version[] = [
  version(26, 10, 1),
  version(44, 16, 1, 6, 18),
  version(70, 26, 1, 6, 22),
  version(100, 18, 2, 6, 26),
  version(134, 24, 2, 6, 30),
  version(172, 16, 4, 6, 34),
  version(196, 18, 4, 6, 22, 38),
  version(242, 22, 4, 6, 24, 42),
  version(292, 22, 5, 6, 26, 46),
  version(346, 26, 5, 6, 28, 50),
  version(404, 30, 5, 6, 30, 54),
  version(466, 22, 8, 6, 32, 58),
]

const bitsOf = (value: number, length: number): readonly number[] =>
  Array.from({ length }, (_, at) => (value >>> (length - 1 - at)) & 1)

/** Product in the field of 256 elements that the standard uses. */
function times(one: number, other: number): number {
  let product = 0
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d)
    product ^= ((other >>> bit) & 1) * one
  }
  return product
}

/** Coefficients of the generator polynomial, without the leading one. */
function generator(degree: number): readonly number[] {
  const result = [...Array<number>(degree - 1).fill(0), 1]
  let root = 1
  for (let turn = 0; turn < degree; turn++) {
    for (let at = 0; at < degree; at++)
      result[at] = times(result[at] ?? 0, root) ^ (at + 1 < degree ? (result[at + 1] ?? 0) : 0)
    root = times(root, 2)
  }
  return result
}

/** What is left when the data is divided by the generator. */
function correctionOf(data: readonly number[], divisor: readonly number[]): readonly number[] {
  let rest: readonly number[] = divisor.map(() => 0)
  for (const byte of data) {
    const factor = byte ^ (rest[0] ?? 0)
    rest = [...rest.slice(1), 0].map((value, at) => value ^ times(divisor[at] ?? 0, factor))
  }
  return rest
}

/** The data of a symbol in the order in which it is drawn: a byte of each block in turn. */
function codewords(bytes: Uint8Array, number: number, { total, correction, blocks }: Version): readonly number[] {
  const room = total - correction * blocks
  const head = [...bitsOf(4, 4), ...bitsOf(bytes.length, number < 10 ? 8 : 16)]
  const bits = [...head, ...[...bytes].flatMap((byte) => bitsOf(byte, 8))]
  bits.push(...bitsOf(0, Math.min(4, room * 8 - bits.length)))
  while (bits.length % 8 > 0) bits.push(0)
  const data = Array.from({ length: bits.length / 8 }, (_, at) =>
    bits.slice(at * 8, at * 8 + 8).reduce((byte, bit) => byte * 2 + bit, 0),
  )
  for (let pad = 0xec; data.length < room; pad ^= 0xec ^ 0x11) data.push(pad)

  const short = Math.floor(room / blocks)
  const firstLong = blocks - (room % blocks)
  const divisor = generator(correction)
  let from = 0
  const parts = Array.from({ length: blocks }, (_, at) => {
    const part = data.slice(from, (from += short + (at >= firstLong ? 1 : 0)))
    return { part, rest: correctionOf(part, divisor) }
  })
  const inTurn = (length: number, of: (block: (typeof parts)[number]) => readonly number[]): number[] =>
    Array.from({ length }, (_, at) => parts.flatMap((block) => of(block)[at] ?? [])).flat()
  return [...inTurn(short + 1, ({ part }) => part), ...inTurn(correction, ({ rest }) => rest)]
}

/** Dark modules, and which of them belong to the pattern and not to the data. */
class QrSymbol {
  readonly size: number
  readonly dark: boolean[][]
  private readonly isPattern: boolean[][]

  constructor(number: number) {
    this.size = number * 4 + 17
    const empty = () => Array.from({ length: this.size }, () => Array<boolean>(this.size).fill(false))
    this.dark = empty()
    this.isPattern = empty()
  }

  draw(x: number, y: number, isDark: boolean): void {
    const row = this.dark[y]
    const pattern = this.isPattern[y]
    if (!row || !pattern || x < 0 || x >= this.size) return
    row[x] = isDark
    pattern[x] = true
  }

  /** A square pattern: rings of dark and light around a centre. */
  ring(x: number, y: number, radius: number, isDark: (distance: number) => boolean): void {
    for (let dy = -radius; dy <= radius; dy++)
      for (let dx = -radius; dx <= radius; dx++) this.draw(x + dx, y + dy, isDark(Math.max(Math.abs(dx), Math.abs(dy))))
  }

  patterns(number: number, centres: readonly number[]): void {
    for (let at = 0; at < this.size; at++) {
      this.draw(6, at, at % 2 === 0)
      this.draw(at, 6, at % 2 === 0)
    }
    const far = this.size - 4
    for (const [x, y] of [
      [3, 3],
      [far, 3],
      [3, far],
    ] as const)
      this.ring(x, y, 4, (distance) => distance !== 2 && distance !== 4)
    const last = centres.at(-1)
    for (const y of centres)
      for (const x of centres) {
        const isFinder = (x === 6 && y === 6) || (x === 6 && y === last) || (x === last && y === 6)
        if (!isFinder) this.ring(x, y, 2, (distance) => distance !== 1)
      }
    this.format(0)
    if (number >= 7) this.number(number)
  }

  /** Error correction M and the mask, twice. */
  format(mask: number): void {
    let rest = mask
    for (let turn = 0; turn < 10; turn++) rest = (rest << 1) ^ ((rest >>> 9) * 0x537)
    const bits = ((mask << 10) | rest) ^ 0x5412
    const bit = (at: number) => ((bits >>> at) & 1) === 1
    for (let at = 0; at < 15; at++) {
      const down = at < 6 ? at : at < 8 ? at + 1 : this.size - 15 + at
      this.draw(8, down, bit(at))
      const left = at < 8 ? this.size - 1 - at : at === 8 ? 7 : 14 - at
      this.draw(left, 8, bit(at))
    }
    this.draw(8, this.size - 8, true)
  }

  /** The number of the version, twice. */
  private number(number: number): void {
    let rest = number
    for (let turn = 0; turn < 12; turn++) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25)
    const bits = (number << 12) | rest
    for (let at = 0; at < 18; at++) {
      const isDark = ((bits >>> at) & 1) === 1
      const [far, near] = [this.size - 11 + (at % 3), Math.floor(at / 3)]
      this.draw(far, near, isDark)
      this.draw(near, far, isDark)
    }
  }

  /** Up and down in columns of two, from the right. */
  data(words: readonly number[]): void {
    const bits = words.flatMap((word) => bitsOf(word, 8))
    let at = 0
    for (let right = this.size - 1; right >= 1; right -= 2) {
      if (right === 6) right = 5
      const isUp = ((right + 1) & 2) === 0
      for (let step = 0; step < this.size; step++) {
        const y = isUp ? this.size - 1 - step : step
        for (const x of [right, right - 1]) {
          const row = this.dark[y]
          if (!row || this.isPattern[y]?.[x] === true) continue
          row[x] = bits[at++] === 1
        }
      }
    }
  }

  /** Mask 0, a chessboard: any of the eight may be read, and a text of ours never needs a better one. */
  mask(): void {
    for (const [y, row] of this.dark.entries())
      for (const [x, isDark] of row.entries())
        if (this.isPattern[y]?.[x] !== true) row[x] = isDark !== ((x + y) % 2 === 0)
  }
}

/**
 * The modules of a QR code, row by row; true is dark. A margin of four light modules belongs around it.
 * @throws RangeError for texts longer than 287 bytes
 */
export function qrCode(text: string): readonly (readonly boolean[])[] {
  const bytes = new TextEncoder().encode(text)
  const at = VERSIONS.findIndex(
    ({ total, correction, blocks }, index) => bytes.length + (index < 9 ? 2 : 3) <= total - correction * blocks,
  )
  const found = VERSIONS[at]
  if (!found) throw new RangeError('the text is too long for a QR code')
  const symbol = new QrSymbol(at + 1)
  symbol.patterns(at + 1, found.centres)
  symbol.data(codewords(bytes, at + 1, found))
  symbol.mask()
  return symbol.dark
}
