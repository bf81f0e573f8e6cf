/** Search: what a resource contributes to the index, and what a request asks of it. */
export type * from './types.ts'
export { fold } from './fold.ts'
export { hash64, selfHash } from './hash.ts'
export { indexEntries } from './index-entries.ts'
export { indexFingerprint } from './fingerprint.ts'
export { compartmentConstant, parameterBit, parameterConstant, parameterNumber, promotedPatient } from './parameters.ts'
export { promotedDate } from './promoted-dates.ts'
