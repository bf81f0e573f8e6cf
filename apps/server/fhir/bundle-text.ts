/** Writes Bundles as text, because what they hold is text already. @source http://hl7.org/fhir/R4/bundle.html */
import type { Pieces } from './pieces.ts'

export interface BundleLink {
  readonly relation: 'self' | 'next' | 'previous' | 'first'
  readonly url: string
}

export interface BundleParts {
  readonly type: 'searchset' | 'history' | 'transaction-response' | 'batch-response'
  readonly total?: number | null
  readonly links?: readonly BundleLink[]
  /** Bundle.entry elements with the commas between them; nothing where there are none */
  readonly entries: Pieces
}

export function bundleText({ type, total, links = [], entries }: BundleParts): Pieces {
  const count = total === undefined || total === null ? '' : `,"total":${total}`
  const link = links.length === 0 ? '' : `,"link":[${links.map(linkText).join(',')}]`
  const head = `{"resourceType":"Bundle","type":"${type}"${count}${link}`
  return entries.length === 0 ? [`${head}}`] : [`${head},"entry":[`, ...entries, ']}']
}

const linkText = ({ relation, url }: BundleLink): string => `{"relation":"${relation}","url":${JSON.stringify(url)}}`
