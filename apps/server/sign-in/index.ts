/** Signing in over HTTP. */
export { identify, isForgery, type SignInDesk } from './desk.ts'
export { signInRoutes } from './routes.ts'
