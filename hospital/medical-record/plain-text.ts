const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

const LAST_CODE_POINT = 0x10ffff

const character = (code: number): string => String.fromCodePoint(code > 0 && code <= LAST_CODE_POINT ? code : 0xfffd)

const decode = (whole: string, name: string): string => {
  if (!name.startsWith('#')) return ENTITIES[name] ?? whole
  return character(/^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1)))
}

/**
 * The words of a narrative without its markup, for one-line excerpts. The result is text, not markup: it must reach the
 * screen as text.
 */
export const plainText = (div: string): string =>
  div
    .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(#?\w{1,8});/g, decode)
    .replace(/\s+/g, ' ')
    .trim()
