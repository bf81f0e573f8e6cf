/** The names Vietnamese numbers, code lists and extensions go by. */
export { codeSystems, extensionUrls, identifierSystems } from './systems.ts'
