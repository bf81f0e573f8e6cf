import { resourceTypes, searchParametersOf } from '#fhir/definitions'
import { hash64 } from './hash.ts'

/** To be raised whenever a resource would be indexed differently than before, for another reason than its parameters. */
const INDEX_VERSION = 6

/** Names how resources are indexed. An index built under another name must be rebuilt. */
export const indexFingerprint: string = `${INDEX_VERSION}-${hash64(
  resourceTypes
    .flatMap((type) => searchParametersOf(type).map(({ code, expression }) => `${type}.${code}=${expression}`))
    .join('\n'),
).toString(36)}`
