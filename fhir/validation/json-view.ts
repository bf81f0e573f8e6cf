import { isObject, type JsonObject } from './run.ts'

/** Reading JSON of which nothing is known: what is not of the wished kind counts as absent. */

export const objectsOf = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : [])
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
export const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)
export const objectOf = (value: unknown): JsonObject => (isObject(value) ? value : {})

/** The `value[x]` of an answer, an extension or an option: its type as written in the property's name, and itself. */
export function choiceOf(
  holder: JsonObject,
  prefix: string,
): { readonly type: string; readonly value: unknown } | undefined {
  for (const key in holder) {
    if (key.startsWith(prefix) && key.length > prefix.length)
      return { type: key.slice(prefix.length), value: holder[key] }
  }
  return undefined
}

/** The value of the first extension with this url. */
export const extensionValue = (holder: JsonObject, url: string): unknown => {
  const extension = objectsOf(holder['extension']).find((each) => each['url'] === url)
  return extension === undefined ? undefined : choiceOf(extension, 'value')?.value
}

/** The values of all extensions with this url. */
export const extensionValues = (holder: JsonObject, url: string): unknown[] =>
  objectsOf(holder['extension'])
    .filter((each) => each['url'] === url)
    .map((each) => choiceOf(each, 'value')?.value)
