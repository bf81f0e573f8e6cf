/** Who comes in and what they get to see: sign-in, policy, fence and audit log joined. */
export { admitBy, type Identify } from './admit.ts'
export { openDoor } from './open-door.ts'
export { openSecurity, type Security } from './open-security.ts'
export type { Door } from './visits.ts'
