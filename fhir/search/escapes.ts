/**
 * Values with their separators. `\,`, `\|`, `\$` and `\\` stand for the characters themselves.
 *
 * @source http://hl7.org/fhir/R4/search.html#escaping
 */

/** Splits at separators that are not escaped; the escapes stay in the parts. */
export function splitAt(value: string, separator: ',' | '|' | '$'): readonly string[] {
  if (!value.includes(separator)) return [value]
  const parts: string[] = []
  let from = 0
  for (let at = 0; at < value.length; at++) {
    if (value[at] === '\\') at++
    else if (value[at] === separator) {
      parts.push(value.slice(from, at))
      from = at + 1
    }
  }
  return [...parts, value.slice(from)]
}

export const unescaped = (value: string): string => (value.includes('\\') ? value.replace(/\\([,|$\\])/g, '$1') : value)
