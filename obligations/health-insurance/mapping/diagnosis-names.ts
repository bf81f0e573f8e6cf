/** Codes in brackets at the end of the text: `Viêm dạ dày; Tăng huyết áp [K29.7, I10]`. */
const AT_END = /^(.*?)\s*[[(]([^[\]()]+)[\])]\s*\.?\s*$/su

const separated = (text: string, by: RegExp): readonly string[] =>
  text
    .split(by)
    .map((part) => part.trim())
    .filter((part) => part !== '')

/**
 * Which name in the text of the final diagnosis belongs to which code. The text is written by people: it is taken apart
 * only where it names every code itself, in one of the two ways that programs print it.
 * @param codes the main disease first
 * @returns null where the text does not say so without doubt
 */
export function diagnosisNames(text: string, codes: readonly string[]): ReadonlyMap<string, string> | null {
  if (codes.length === 0 || codes.includes('') || new Set(codes).size < codes.length) return null
  return namesBeforeCodes(text, codes) ?? namesBesideCodes(text, codes)
}

function namesBeforeCodes(text: string, codes: readonly string[]): ReadonlyMap<string, string> | null {
  const [, said = '', listed = ''] = AT_END.exec(text) ?? []
  const names = separated(said, /;/)
  const written = separated(listed, /[;,]/)
  const fits = names.length === codes.length && written.length === codes.length
  return fits && written.every((code, place) => code === codes[place])
    ? new Map(codes.map((code, place) => [code, names[place] ?? '']))
    : null
}

/** `I10 - Tăng huyết áp; K29.7: Viêm dạ dày` or `Tăng huyết áp (I10); Viêm dạ dày (K29.7)`, in any order. */
function namesBesideCodes(text: string, codes: readonly string[]): ReadonlyMap<string, string> | null {
  const parts = separated(text, /;/)
  if (parts.length !== codes.length) return null
  const names = new Map(
    parts.flatMap((part): [string, string][] => {
      const code = codes.find((each) => nameBeside(part, each) !== '')
      return code === undefined ? [] : [[code, nameBeside(part, code)]]
    }),
  )
  return names.size === codes.length ? names : null
}

/** @returns '' where the part is not about the code */
function nameBeside(part: string, code: string): string {
  if (part.startsWith(code)) return /^\s*[-–:.]\s*(\S.*)$/su.exec(part.slice(code.length))?.[1] ?? ''
  const end = [`(${code})`, `[${code}]`].find((brackets) => part.endsWith(brackets))
  return end === undefined ? '' : part.slice(0, -end.length).trim()
}
