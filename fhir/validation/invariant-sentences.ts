import type { Sentence } from '#fhir/outcome'

export function invariantSentence({ key, human }: { readonly key: string; readonly human: string }): Sentence {
  return { vi: `Không thoả quy tắc ${key}: ${human}`, en: `Rule ${key} is broken: ${human}` }
}
