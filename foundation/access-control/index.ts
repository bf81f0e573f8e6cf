/** Who may do what: readers, areas, labels, relations, policies, and the fence that PostgreSQL holds. */
export type * from './types.ts'
export { AREA_BITS, areaOf } from './areas.ts'
export { ALL_LABELS, bitsOf, labelBits, LABELS, labelsIn } from './labels.ts'
export { CLOSED_FENCE, type Fence, fenceText, referenceHash, SYSTEM_FENCE } from './fence.ts'
