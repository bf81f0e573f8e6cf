export type { AppLine, ClientLine, GrantLine, NewClient } from './api.ts'
export { letAppsRead } from './let-apps-read.ts'
export { openOAuth } from './open-oauth.ts'
export type { FoundPatient, OAuth, OAuthOptions, Sealer } from './types.ts'
