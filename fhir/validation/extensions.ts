/** @source http://hl7.org/fhir/R4/extensibility.html */
import { isObject, type Check, type JsonObject, type Run } from './run.ts'

const EXT_1 = { key: 'ext-1', severity: 'error', human: 'Must have either extensions or value[x], not both' } as const

/** Every extension: an absolute url (a name within another extension), and a value or extensions but not both. */
export const checkExtension: Check = (extension, run) => {
  if (!isObject(extension)) return
  const url = extension['url']
  if (typeof url === 'string' && !url.includes(':') && !isNested(run)) run.refuse('FHIR-EXTENSION-1', {}, 'url')
  if ('extension' in extension === hasValue(extension)) run.refuseInvariant(EXT_1)
}

function hasValue(extension: JsonObject): boolean {
  for (const key in extension) if (key.startsWith('value') || key.startsWith('_value')) return true
  return false
}

/** Is the extension at the present place part of another extension? */
function isNested(run: Run): boolean {
  const outer = run.path.at(-4)
  return run.path.at(-2) === 'extension' && (outer === 'extension' || outer === 'modifierExtension')
}
