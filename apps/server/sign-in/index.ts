/** Signing in over HTTP. */
export { identify, isForgery, presentIn, type SignInDesk } from './desk.ts'
export { signInRoutes } from './routes.ts'
export { keepUp } from './own-acts.ts'
