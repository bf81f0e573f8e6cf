import { tables } from '../format/tables.ts'
import { findingOf } from '../rule.ts'
import type { Finding, ReadDossier } from '../types.ts'
import { readCheckInRows, readDossier } from './dossier.ts'
import { readRules } from './read-rules.ts'
import { type XmlElement, type XmlTree, xmlTree, type XmlTrouble } from './xml-tree.ts'

/** What the envelope says of all its dossiers; '' for what it does not say. */
export interface EnvelopeFacts {
  readonly facility: string
  readonly made: string
  readonly signature: string | null
}

/** The rest of a file, with what is said of the whole. */
export interface EnvelopeEnd {
  readonly dossiers: readonly ReadDossier[]
  readonly findings: readonly Finding[]
  /** for dossiers that stood before these in the file */
  readonly envelope: EnvelopeFacts
}

const RULE: Readonly<Record<XmlTrouble, keyof typeof readRules>> = {
  malformed: 'malformed',
  doctype: 'doctype',
  'too-deep': 'tooDeep',
}

const ENVELOPE = 'GIAMDINHHS'
const CHECK_IN = tables.XML0.root
/** Levels below the root down to HOSO; what has these names further down belongs to a table. */
const DEEPEST_PART = 3

/** Reads a file piece by piece; dossiers come out as they end, so that a file of any number of them stays small. */
export class EnvelopeReader {
  readonly #parts: Readonly<Record<string, (element: XmlElement) => boolean>> = {
    MACSKCB: ({ text }) => this.#says({ facility: text.trim() }),
    NGAYLAP: ({ text }) => this.#says({ made: text.trim() }),
    CHUKYDONVI: (element) => this.#says({ signature: signatureIn(element) }),
    SOLUONGHOSO: ({ text }) => this.#counts(text.trim()),
    FILEHOSO: () => this.#hasTable(),
    HOSO: (element) => this.#take(element),
  }
  /** a document that is in elements already needs none */
  #tree: XmlTree | null = null
  #root: XmlElement | null = null
  #envelope: EnvelopeFacts = { facility: '', made: '', signature: null }
  #stated = ''
  readonly #visits = new Set<string>()
  #dossiers = 0
  #tables = 0
  #tablesRead = 0
  #ready: ReadDossier[] = []
  #refused: readonly Finding[] | null = null

  get refused(): readonly Finding[] | null {
    return this.#refused
  }

  /** A whole document that is in elements already, instead of pieces. */
  whole(root: XmlElement): void {
    this.#root = root
    this.#endAll(root, 0)
  }

  /** @returns the dossiers that ended in this piece; empty once `refused` says why nothing more is read */
  write(text: string): readonly ReadDossier[] {
    this.#tree ??= xmlTree((element, depth) => this.#onEnd(element, depth))
    if (this.#refused === null) this.#tree.write(text)
    this.#settle()
    return this.#taken()
  }

  close(): EnvelopeEnd {
    if (this.#refused === null) this.#tree?.close()
    this.#settle()
    const findings = this.#refused === null ? this.#ofWholeFile() : []
    return { dossiers: this.#taken(), findings, envelope: this.#envelope }
  }

  #endAll(element: XmlElement, depth: number): void {
    for (const child of element.children) this.#endAll(child, depth + 1)
    this.#onEnd(element, depth)
  }

  /** What ends inside the envelope. @returns true for what need not be kept */
  #onEnd(element: XmlElement, depth: number): boolean {
    if (this.#refused !== null) return true
    if (depth > DEEPEST_PART && element.name !== 'FILEHOSO') return false
    return Object.hasOwn(this.#parts, element.name) && this.#parts[element.name]!(element)
  }

  #says(facts: Partial<EnvelopeFacts>): true {
    this.#envelope = { ...this.#envelope, ...facts }
    return true
  }

  #counts(stated: string): true {
    this.#stated = stated
    return true
  }

  /** It is read with the dossier around it. */
  #hasTable(): false {
    this.#tables += 1
    return false
  }

  #take(hoso: XmlElement): true {
    this.#dossiers += 1
    this.#tablesRead += hoso.children.filter(({ name }) => name === 'FILEHOSO').length
    const outcome = readDossier(hoso, this.#envelope)
    if (!outcome.ok) this.#refuse(outcome.why)
    else this.#ready.push(this.#visits.has(outcome.read.dossier.visit) ? repeated(outcome.read) : outcome.read)
    if (outcome.ok && outcome.read.dossier.visit !== '') this.#visits.add(copied(outcome.read.dossier.visit))
    return true
  }

  /** The first reason stays. */
  #refuse(why: Finding): void {
    this.#refused ??= [why]
  }

  #settle(): void {
    const trouble = this.#tree?.trouble ?? null
    if (trouble !== null) this.#refuse(findingOf(readRules[RULE[trouble]]))
  }

  #taken(): readonly ReadDossier[] {
    const now = this.#ready
    this.#ready = []
    return this.#refused === null ? now : []
  }

  #ofWholeFile(): readonly Finding[] {
    const root = this.#root ?? this.#tree?.root ?? null
    if (root?.name === CHECK_IN) return this.#readCheckIn(root)
    if (root?.name !== ENVELOPE) this.#refuse(findingOf(readRules.unknownRoot))
    else if (this.#dossiers === 0) this.#refuse(findingOf(readRules.noDossier))
    else if (this.#tables !== this.#tablesRead) this.#refuse(findingOf(readRules.lost))
    if (this.#stated === '') return [findingOf(readRules.noCount)]
    const isRight = Number(this.#stated) === this.#dossiers
    return isRight ? [] : [findingOf(readRules.count, {}, `${this.#stated.slice(0, 12)} / ${this.#dossiers}`)]
  }

  #readCheckIn(root: XmlElement): readonly Finding[] {
    const message = readCheckInRows(root)
    if (message.ok) this.#ready.push(message.read)
    else this.#refuse(message.why)
    return []
  }
}

/** A text cut out of a document keeps the whole document in memory for as long as it lives itself; a copy does not. */
const copied = (text: string): string => Buffer.from(text).toString()

const repeated = ({ dossier, findings }: ReadDossier): ReadDossier => ({
  dossier,
  findings: [...findings, findingOf(readRules.sameVisit, { table: 'XML1' })],
})

/** The text of a signature, or of its SignatureValue where it is an XMLDSig; null where there is none. */
function signatureIn(element: XmlElement): string | null {
  const value = (of: XmlElement): string =>
    of.name.endsWith('SignatureValue') ? of.text : (of.children.map(value).find((text) => text !== '') ?? '')
  const text = (value(element) || element.text).trim()
  return text === '' ? null : text
}
