/** A text in parts of any size, one after the other: what is never one string is never copied into one. */
export type Pieces = readonly string[]

export const piecesOf = (text: string | Pieces): Pieces => (typeof text === 'string' ? [text] : text)

/** @returns UTF-16 units */
export const lengthOf = (text: string | Pieces): number =>
  typeof text === 'string' ? text.length : text.reduce((sum, { length }) => sum + length, 0)

/** @returns the UTF-8 of all pieces, each turned into bytes where it belongs */
export function bytesOf(pieces: Pieces): Buffer {
  const bytes = Buffer.allocUnsafeSlow(pieces.reduce((sum, piece) => sum + Buffer.byteLength(piece), 0))
  let end = 0
  for (const piece of pieces) end += bytes.write(piece, end)
  return bytes
}

/** Elements with commas between them. */
export const listed = (elements: readonly Pieces[]): Pieces =>
  elements.flatMap((element, i) => (i === 0 ? element : [',', ...element]))
