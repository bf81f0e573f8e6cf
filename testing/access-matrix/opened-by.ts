import { breakGlassAllowed, type Label, type Policy, type Role } from '#foundation/access-control'
import { readerOf } from './cases.ts'

/** Labels that somebody of this role opens by breaking the glass properly for this reason; null where they may not. */
export function openedBy(policy: Policy, role: Role, reason: string): readonly Label[] | null {
  const reader = { ...readerOf(role), patients: null }
  const glass = breakGlassAllowed(policy, reader, {
    patient: 'Patient/p1',
    reason,
    text: 'ngừng tuần hoàn tại sảnh',
    reauthenticated: true,
    at: '2026-03-10T08:00:00+07:00',
  })
  return glass.ok ? glass.value.labels : null
}
