/** Signing in, for tests: the real routes, browsers with cookies, and authenticators of software. */
export { Authenticator, type Lies } from './authenticator.ts'
export { Browser, type Answer } from './browser.ts'
export { signInServer, type SignInServer } from './sign-in-server.ts'
export { administratorOf, type Member, memberOf, PASSWORD } from './people.ts'
