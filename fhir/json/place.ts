/** A place in a JSON text, counted the way editors show it: lines and columns from 1, the offset from 0. */
export interface Place {
  readonly line: number
  readonly column: number
  readonly offset: number
}

/** @param offset in UTF-16 units from the start of `text` */
export function placeOf(text: string, offset: number): Place {
  let line = 1
  let lineStart = 0
  for (let i = text.indexOf('\n'); i >= 0 && i < offset; i = text.indexOf('\n', i + 1)) {
    line++
    lineStart = i + 1
  }
  return { line, column: offset - lineStart + 1, offset }
}
