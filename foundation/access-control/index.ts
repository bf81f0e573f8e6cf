/** Who may do what: readers, areas, labels, relations, policies, and the fence that PostgreSQL holds. */
export type * from './types.ts'
export { ALL_AREAS, AREA_BITS, areaBits, areaOf, NOBODYS } from './areas.ts'
export { ALL_LABELS, bitsOf, labelBits, LABELS, labelsIn } from './labels.ts'
export { CLOSED_FENCE, type Fence, fenceAllows, fenceText, referenceHash, type Row, SYSTEM_FENCE } from './fence.ts'
export { fenceBy, fenceOf } from './fence-of.ts'
export type * from './policy/policy.ts'
export { DEFAULT_POLICY } from './policy/default-policy.ts'
export { decide, decideBy } from './decide.ts'
export { type CompiledPolicy, compilePolicy } from './compile-policy.ts'
export { RULES, type Rules } from './rules.ts'
export { scopeAllows } from './scopes.ts'
export { type BrokenGlass, breakGlassAllowed, type GlassRequest, glassRelation } from './break-glass.ts'
export {
  type DerivedRelation,
  RELATION_KINDS,
  RELATION_LINES,
  RELATION_TYPES,
  relationKind,
  relationsOf,
} from './relations.ts'
export { ALL_ACTS, ALL_KINDS, ALL_PURPOSES, ALL_ROLES } from './words.ts'
export { readPolicy } from './policy/read-policy.ts'
export { policyInForce } from './policy/in-force.ts'
export { explain, type ExplainedStep, type Explanation } from './explain.ts'
export { type Grant, grantAllowed, grantHolder, grantRelation } from './grants.ts'
export { roleOfRepresentative } from './representation.ts'
