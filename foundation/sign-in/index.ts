/** Who is there: accounts, their ways in, and sessions. See docs/rules/sign-in.md. */
export { openSignIn, type SignInOptions } from './open-sign-in.ts'
export { fileSealer, keySealer, type Sealer } from './sealer.ts'
export type {
  Account,
  AccountState,
  NextStep,
  Opened,
  Place,
  RoleAssignment,
  Session,
  SignIn,
  StepKind,
  Tried,
} from './types.ts'
export { signInRefusal, type SignInRule } from './refusals.ts'
export { deviceName, deviceOf, meetDevice, nameDevice, type Device } from './devices.ts'
export {
  CONFIRMED,
  endSessions,
  isConfirmed,
  isLocked,
  lockSession,
  reopenSession,
  sessionsOf,
  sessionsOnDevice,
} from './sessions.ts'
export { type Present, presentOf, readerIn, readerOf, readerOfAccount } from './readers.ts'
export {
  beginSecondFactor,
  changeFirstPassword,
  endSecondFactor,
  showSecondFactor,
  signInWithPassword,
} from './sign-in-with-password.ts'
export { reopenWithPin, signInWithPasskey } from './sign-in-with-passkey.ts'
export { comeInWithPasskey, comeInWithPassword, comerOf, type Comer } from './come-in-by-link.ts'
export { beginLinkTotp, findLink, firstLink, giveLink, isFirstStart, type Link, type LinkKind } from './links.ts'
export { judgePasskey, passkeyToShow } from './judge-passkey.ts'
export { judgeNewPasskey, passkeyToMake, storePasskey, type Site } from './passkeys.ts'
export { Busy } from './passwords.ts'
export { checkPin, storePin, tryPin } from './pins.ts'
export { beginTotp, type TotpSecret } from './totp.ts'
export {
  addTotp,
  changePassword,
  isPasswordOf,
  newRecoveryCodes,
  removePasskey,
  renamePasskey,
  type WaysIn,
  waysIn,
} from './my-account.ts'
export { type AccountEntry, accountList, findAccount } from './account-list.ts'
export {
  assignRoles,
  createAccount,
  disableAccount,
  enableAccount,
  type HandedOut,
  renameAccount,
  resetAccount,
  type Way,
} from './accounts.ts'
export { ROLES, isRole } from './roles.ts'
export { closeIdleAccounts, idleList, markReviewed, reviewList, sweepSignIn } from './upkeep.ts'
export { type DemoPerson, signInAsDemo } from './demo-sign-in.ts'
export { countTries, ofAddress, ofAsking, ofLogin, takeBack } from './attempts.ts'
