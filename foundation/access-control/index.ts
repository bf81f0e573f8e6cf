/** Who may do what: readers, areas, labels, relations, policies, and the fence that PostgreSQL holds. */
export type * from './types.ts'
export { ALL_AREAS, AREA_BITS, areaBits, areaOf, NOBODYS } from './areas.ts'
export { ALL_LABELS, bitsOf, labelBits, LABELS, labelsIn } from './labels.ts'
export { CLOSED_FENCE, type Fence, fenceText, referenceHash, SYSTEM_FENCE } from './fence.ts'
export {
  type DerivedRelation,
  RELATION_KINDS,
  RELATION_LINES,
  RELATION_TYPES,
  relationKind,
  relationsOf,
} from './relations.ts'
