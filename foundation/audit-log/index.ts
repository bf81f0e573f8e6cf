/** The audit log: what was done by whom, in a tree that nobody can change unseen. */
export type * from './types.ts'
