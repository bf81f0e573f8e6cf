export { applyJsonPatch, MAX_GROWTH, MAX_OPERATIONS } from './json-patch.ts'
export { patchRefusal, type PatchRule } from './refusals.ts'
