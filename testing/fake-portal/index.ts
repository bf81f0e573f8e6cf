/** The portal of Social Insurance over real HTTP, with invented people: for tests and for trying things out. */
export {
  FAKE_ACCOUNT,
  type FakeAccount,
  fakePortal,
  type FakePortal,
  type FakePortalOptions,
  type Misbehaviour,
  type Received,
} from './fake-portal.ts'
export { FAKE_ASKERS, FAKE_CARDS, type FakeCard } from './people.ts'
