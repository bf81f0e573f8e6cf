const SIGNS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

const sign = (whole: string, name: string): string => {
  if (!name.startsWith('#')) return SIGNS[name] ?? whole
  const code = name[1] === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  return Number.isInteger(code) && code > 31 && code < 0x11_0000 ? String.fromCodePoint(code) : whole
}

/** What a narrative says, without its marks: a paragraph a line. @param div XHTML of a Narrative */
export function plainText(div: string | undefined): string | undefined {
  if (div === undefined) return undefined
  const text = div
    .replace(/<br\s*\/?>|<\/(?:p|div|li|tr|h\d)>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(#?\w+);/g, sign)
  const lines = text.split('\n').map((line) => line.replace(/\s+/g, ' ').trim())
  return lines.filter((line) => line !== '').join('\n') || undefined
}
