/** XML as a tree, for canonical forms. No DOCTYPE, so no entities but the five of XML and characters by number. */
import { SaxesParser } from 'saxes'

export interface XmlAttribute {
  readonly name: string
  readonly uri: string
  readonly local: string
  readonly value: string
}

export interface XmlInstruction {
  readonly target: string
  readonly body: string
}

export interface XmlElement {
  readonly name: string
  readonly uri: string
  readonly local: string
  /** without declarations of namespaces */
  readonly attributes: readonly XmlAttribute[]
  /** declared here: prefix ('' for the default one) → URI */
  readonly namespaces: Readonly<Record<string, string>>
  readonly parent: XmlElement | null
  readonly children: readonly XmlNode[]
}

/** Text is one string; comments are left out, as canonical forms do. */
export type XmlNode = XmlElement | XmlInstruction | string

export interface XmlDocument {
  readonly root: XmlElement
  readonly before: readonly XmlInstruction[]
  readonly after: readonly XmlInstruction[]
}

/** Dossiers nest eight deep; deeper than this is an attack on the stack. */
const DEEPEST = 100

const XMLNS = 'http://www.w3.org/2000/xmlns/'

interface Growing extends XmlElement {
  readonly children: XmlNode[]
}

/** @returns null for what is not well-formed, nests too deep or has a DOCTYPE */
export function readXml(xml: string): XmlDocument | null {
  const reader = new TreeReader()
  try {
    return reader.read(xml)
  } catch (error) {
    if (error instanceof NotReadable) return null
    throw error
  }
}

class NotReadable extends Error {}

class TreeReader {
  readonly #before: XmlInstruction[] = []
  readonly #after: XmlInstruction[] = []
  readonly #open: Growing[] = []
  #root: Growing | null = null

  read(xml: string): XmlDocument {
    const parser = new SaxesParser({ xmlns: true, position: false })
    parser.on('error', () => {
      throw new NotReadable()
    })
    parser.on('doctype', () => {
      throw new NotReadable()
    })
    parser.on('opentag', (tag) => this.#begin(tag))
    parser.on('closetag', () => void this.#open.pop())
    parser.on('text', (text) => this.#say(text))
    parser.on('cdata', (text) => this.#say(text))
    parser.on('processinginstruction', (instruction) => this.#instruct(instruction))
    parser.write(xml).close()
    if (this.#root === null) throw new NotReadable()
    return { root: this.#root, before: this.#before, after: this.#after }
  }

  #begin(tag: {
    name: string
    uri: string
    local: string
    ns: Record<string, string>
    attributes: Record<string, XmlAttribute>
  }): void {
    if (this.#open.length >= DEEPEST) throw new NotReadable()
    const parent = this.#open.at(-1) ?? null
    const attributes = Object.values(tag.attributes)
    const element: Growing = {
      name: tag.name,
      uri: tag.uri,
      local: tag.local,
      attributes: attributes.filter(({ uri }) => uri !== XMLNS),
      namespaces: { ...tag.ns },
      parent,
      children: [],
    }
    if (parent) parent.children.push(element)
    else this.#root = element
    this.#open.push(element)
  }

  #say(text: string): void {
    this.#open.at(-1)?.children.push(text)
  }

  #instruct({ target, body }: XmlInstruction): void {
    const place = this.#open.at(-1)?.children ?? (this.#root ? this.#after : this.#before)
    place.push({ target, body })
  }
}

export const isElement = (node: XmlNode): node is XmlElement => typeof node !== 'string' && 'children' in node

/** Child elements in order. */
export const elementsOf = ({ children }: XmlElement): readonly XmlElement[] => children.filter(isElement)

/** The text of an element; null where it holds more than text. */
export const textOf = ({ children }: XmlElement): string | null =>
  children.every((child) => typeof child === 'string') ? children.join('') : null

/** An element and everything below it. */
export function* descendants(element: XmlElement): Generator<XmlElement> {
  yield element
  for (const child of elementsOf(element)) yield* descendants(child)
}

export const attributeOf = ({ attributes }: XmlElement, name: string): string | null =>
  attributes.find((attribute) => attribute.uri === '' && attribute.local === name)?.value ?? null
