/** The words of a policy as lists, for whoever reads one or chooses from them. */
import { RELATION_KINDS } from './relations.ts'
import type { Act, Purpose, RelationKind, Role } from './types.ts'

const ROLE_SET: Readonly<Record<Role, true>> = {
  reception: true,
  doctor: true,
  nurse: true,
  technician: true,
  pharmacist: true,
  cashier: true,
  insurance: true,
  records: true,
  head: true,
  director: true,
  administrator: true,
  auditor: true,
  privacy: true,
  integration: true,
  patient: true,
  representative: true,
  guest: true,
}

const ACT_SET: Readonly<Record<Act, true>> = {
  read: true,
  search: true,
  copy: true,
  print: true,
  create: true,
  edit: true,
  cancel: true,
  restore: true,
}

const PURPOSE_SET: Readonly<Record<Purpose, true>> = {
  TREAT: true,
  ETREAT: true,
  BTG: true,
  HPAYMT: true,
  HOPERAT: true,
  HRESCH: true,
  PATRQT: true,
  HLEGAL: true,
  SYSDEV: true,
}

export const ALL_ROLES = Object.keys(ROLE_SET) as readonly Role[]
export const ALL_ACTS = Object.keys(ACT_SET) as readonly Act[]
export const ALL_PURPOSES = Object.keys(PURPOSE_SET) as readonly Purpose[]
export const ALL_KINDS = Object.keys(RELATION_KINDS) as readonly RelationKind[]
