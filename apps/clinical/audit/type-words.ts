import { auditVi } from './text/vi.ts'

/** Kinds of resources that the screens have words for. */
export type WordedType = keyof typeof auditVi.types

export const TYPES = Object.keys(auditVi.types) as readonly WordedType[]

export const isWorded = (type: string): type is WordedType => Object.hasOwn(auditVi.types, type)
