/** The keys of an installation: opened by its settings, and what commands do with them. */
export { OPEN_KEYS, openKeys } from './open-keys.ts'
export { sealersOf } from './sealers-of.ts'
