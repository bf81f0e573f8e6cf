/** One replacement in a text: `text` takes the place of everything from `start` to `end` (an insertion where equal). */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** @param edits in any order, not overlapping @returns the text between `from` and `to` with the edits made */
export function splice(text: string, from: number, to: number, edits: readonly Edit[]): string {
  if (edits.length === 0) return text.slice(from, to)
  let result = ''
  let done = from
  for (const edit of inOrder(edits)) {
    result += text.slice(done, edit.start) + edit.text
    done = edit.end
  }
  return result + text.slice(done, to)
}

/** By place; insertions at one place keep the order in which they were given. */
const inOrder = (edits: readonly Edit[]): readonly Edit[] => edits.toSorted((a, b) => a.start - b.start)
