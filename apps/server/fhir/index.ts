export { FHIR_PATH, type FhirOptions, fhirRoutes } from './routes.ts'
export { replyWithFailure, replyWithRefusal } from './reply.ts'
