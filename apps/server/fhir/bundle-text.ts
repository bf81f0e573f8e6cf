/** Writes Bundles as text, because what they hold is text already. @source http://hl7.org/fhir/R4/bundle.html */

export interface BundleLink {
  readonly relation: 'self' | 'next' | 'previous' | 'first'
  readonly url: string
}

export interface BundleParts {
  readonly type: 'searchset' | 'history' | 'transaction-response' | 'batch-response'
  readonly total?: number | null
  readonly links?: readonly BundleLink[]
  /** Bundle.entry elements joined by commas */
  readonly entries: string
}

export function bundleText({ type, total, links = [], entries }: BundleParts): string {
  const count = total === undefined || total === null ? '' : `,"total":${total}`
  const link = links.length === 0 ? '' : `,"link":[${links.map(linkText).join(',')}]`
  const entry = entries === '' ? '' : `,"entry":[${entries}]`
  return `{"resourceType":"Bundle","type":"${type}"${count}${link}${entry}}`
}

const linkText = ({ relation, url }: BundleLink): string => `{"relation":"${relation}","url":${JSON.stringify(url)}}`
