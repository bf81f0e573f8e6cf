/** The record: an append-only log of every version, and the indexes that are rebuilt from it. */
export { derived, openStore, type StoreOptions } from './open-store.ts'
export type * from './types.ts'
