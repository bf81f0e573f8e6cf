import { SaxesParser } from 'saxes'

/** An element with its own text (CDATA and entities resolved); attributes say nothing in these formats. */
export interface XmlElement {
  readonly name: string
  text: string
  readonly children: readonly XmlElement[]
}

interface Growing extends XmlElement {
  readonly children: XmlElement[]
}

export type XmlTrouble = 'malformed' | 'doctype' | 'too-deep'

/** Levels below the root; the deepest real file has nine. */
const DEEPEST = 32
/** Characters and elements that are held at once, which are those of one dossier. */
const LONGEST = 128 * 2 ** 20
const MOST_ELEMENTS = 1_000_000
/** Characters before the root, where only a declaration and comments have a place. */
const LONGEST_BEFORE = 2 ** 16

export interface XmlTree {
  /** @returns false once there is trouble: what follows is not read */
  write(text: string): boolean
  /** @returns false where the document ended before its root did */
  close(): boolean
  readonly trouble: XmlTrouble | null
  /** names of the elements that are open, root first */
  readonly open: readonly string[]
  readonly root: XmlElement | null
}

/**
 * Builds elements from pieces of text. Entities beyond the five of XML are trouble, and so is a DOCTYPE: nothing is ever
 * expanded or fetched.
 * @param onEnd called when an element ends; what it returns true for is forgotten, so that a long file stays small
 * @source Extensible Markup Language (XML) 1.0, fifth edition
 */
export function xmlTree(onEnd: (element: XmlElement, depth: number) => boolean = () => false): XmlTree {
  const parser = new SaxesParser({ xmlns: false, position: false })
  const path: Growing[] = []
  let root: XmlElement | null = null
  let trouble: XmlTrouble | null = null
  let troubleAt: readonly string[] | null = null
  let held = 0
  let elements = 0

  function stop(what: XmlTrouble): void {
    if (trouble !== null) return
    trouble = what
    troubleAt = path.map(({ name }) => name)
  }
  const add = (text: string): void => {
    const top = path[path.length - 1]
    if (top) top.text += text
  }
  parser.on('error', () => stop('malformed'))
  parser.on('doctype', () => stop('doctype'))
  parser.on('text', add)
  parser.on('cdata', add)
  parser.on('opentag', ({ name }) => {
    const element: Growing = { name, text: '', children: [] }
    elements += 1
    if (path.length >= DEEPEST || elements > MOST_ELEMENTS) return stop('too-deep')
    path[path.length - 1]?.children.push(element)
    root ??= element
    path.push(element)
  })
  parser.on('closetag', () => {
    if (trouble !== null) return
    const element = path.pop()
    if (!element || !onEnd(element, path.length)) return
    path[path.length - 1]?.children.pop()
    held = 0
    elements = 0
  })

  return {
    write(text) {
      if (trouble !== null) return false
      parser.write(text)
      held += text.length
      if (held > LONGEST || (root === null && held > LONGEST_BEFORE)) stop('too-deep')
      return trouble === null
    },
    close() {
      if (trouble === null) parser.close()
      return trouble === null
    },
    get trouble() {
      return trouble
    },
    get open() {
      return troubleAt ?? path.map(({ name }) => name)
    },
    get root() {
      return root
    },
  }
}
