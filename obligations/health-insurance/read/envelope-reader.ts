import { tables } from '../format/tables.ts'
import { findingOf } from '../rule.ts'
import type { Finding, ReadDossier } from '../types.ts'
import { readCheckInRows, readDossier } from './dossier.ts'
import { readRules } from './read-rules.ts'
import { type XmlElement, xmlTree, type XmlTrouble } from './xml-tree.ts'

/** What the envelope says of all its dossiers; '' for what it does not say. */
export interface EnvelopeFacts {
  readonly facility: string
  readonly made: string
  readonly signature: string | null
}

export interface EnvelopeReader {
  /** A whole document that is in elements already, instead of pieces. */
  whole(root: XmlElement): void
  /** @returns the dossiers that ended in this piece; empty once `refused` says why nothing more is read */
  write(text: string): readonly ReadDossier[]
  /** @returns the rest, with what is said of the whole file */
  close(): {
    readonly dossiers: readonly ReadDossier[]
    readonly findings: readonly Finding[]
    /** for dossiers that stood before these in the file */
    readonly envelope: EnvelopeFacts
  }
  readonly refused: readonly Finding[] | null
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
export function envelopeReader(): EnvelopeReader {
  const envelope = { facility: '', made: '' }
  const visits = new Set<string>()
  let stated: string | null = null
  let signature: string | null = null
  let dossiers = 0
  let files = 0
  let filesRead = 0
  let ready: ReadDossier[] = []
  let refused: readonly Finding[] | null = null

  function take(hoso: XmlElement): void {
    dossiers += 1
    filesRead += hoso.children.filter(({ name }) => name === 'FILEHOSO').length
    const outcome = readDossier(hoso, envelope)
    if (!outcome.ok) {
      refused ??= [outcome.why]
      return
    }
    const { dossier, findings } = outcome.read
    const repeated = dossier.visit !== '' && visits.has(dossier.visit)
    visits.add(dossier.visit)
    ready.push(
      repeated ? { dossier, findings: [...findings, findingOf(readRules.sameVisit, { table: 'XML1' })] } : outcome.read,
    )
  }

  /** What ends inside the envelope. @returns true for what need not be kept */
  function onEnd(element: XmlElement, depth: number): boolean {
    if (refused !== null) return true
    if (depth > DEEPEST_PART && element.name !== 'FILEHOSO') return false
    switch (element.name) {
      case 'MACSKCB':
        envelope.facility = element.text.trim()
        return true
      case 'NGAYLAP':
        envelope.made = element.text.trim()
        return true
      case 'SOLUONGHOSO':
        stated = element.text.trim()
        return true
      case 'CHUKYDONVI':
        signature = signatureIn(element)
        return true
      case 'FILEHOSO':
        files += 1
        return false
      case 'HOSO':
        take(element)
        return true
      default:
        return false
    }
  }

  const tree = xmlTree(onEnd)
  let known: XmlElement | null = null

  function endAll(element: XmlElement, depth = 0): void {
    for (const child of element.children) endAll(child, depth + 1)
    onEnd(element, depth)
  }

  function settle(): void {
    if (tree.trouble !== null) refused ??= [findingOf(readRules[RULE[tree.trouble]])]
  }
  function taken(): readonly ReadDossier[] {
    const now = ready
    ready = []
    return refused === null ? now : []
  }

  function ofWholeFile(): readonly Finding[] {
    const root = known ?? tree.root
    if (root?.name === CHECK_IN) {
      const message = readCheckInRows(root)
      if (message.ok) ready.push(message.read)
      else refused ??= [message.why]
      return []
    }
    if (root?.name !== ENVELOPE) refused ??= [findingOf(readRules.unknownRoot)]
    else if (dossiers === 0) refused ??= [findingOf(readRules.noDossier)]
    else if (files !== filesRead) refused ??= [findingOf(readRules.lost)]
    if (stated === null || stated === '') return [findingOf(readRules.noCount)]
    return Number(stated) === dossiers ? [] : [findingOf(readRules.count, {}, `${stated.slice(0, 12)} / ${dossiers}`)]
  }

  return {
    whole(root) {
      known = root
      endAll(root)
    },
    write(text) {
      if (refused === null) tree.write(text)
      settle()
      return taken()
    },
    close() {
      if (refused === null && known === null) tree.close()
      settle()
      const findings = refused === null ? ofWholeFile() : []
      return { dossiers: taken(), findings, envelope: { ...envelope, signature } }
    },
    get refused() {
      return refused
    },
  }
}

/** The text of a signature, or of its SignatureValue where it is an XMLDSig; null where there is none. */
function signatureIn(element: XmlElement): string | null {
  const value = (of: XmlElement): string =>
    of.name.endsWith('SignatureValue') ? of.text : (of.children.map(value).find((text) => text !== '') ?? '')
  const text = (value(element) || element.text).trim()
  return text === '' ? null : text
}
