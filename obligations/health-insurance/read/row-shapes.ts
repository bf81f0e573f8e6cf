import type { XmlElement } from './xml-tree.ts'

/** Fields in the order in which rows name them, and an empty row with all of them. */
interface Shape {
  readonly names: readonly string[]
  readonly blank: Readonly<Record<string, string>>
}

/** Programs of different makers write a table in orders of their own. */
const MOST = 8

/**
 * The rows of a table name the same fields in the same order, millions of times. A row that is copied from an empty one
 * and filled costs the runtime a third of one to which its fields are added one by one.
 */
export class RowShapes {
  readonly #shapes: Shape[] = []

  /** @returns the row's values; null where no row before it had these fields in this order, and nothing else */
  valuesOf(elements: readonly XmlElement[]): Record<string, string> | null {
    for (const { names, blank } of this.#shapes) {
      if (!fits(elements, names)) continue
      const values = { ...blank }
      for (const { name, text } of elements) values[name] = text
      return values
    }
    return null
  }

  /** @param names fields of a row that were all known, each once */
  learn(names: readonly string[]): void {
    if (this.#shapes.length >= MOST) return
    this.#shapes.push({ names, blank: Object.fromEntries(names.map((name) => [name, ''])) })
  }
}

function fits(elements: readonly XmlElement[], names: readonly string[]): boolean {
  if (elements.length !== names.length) return false
  for (let at = 0; at < names.length; at += 1) {
    const element = elements[at] as XmlElement
    if (element.name !== names[at] || element.children.length > 0) return false
  }
  return true
}
