export { FHIR_PATH, type FhirOptions, fhirRoutes, replyWithoutRoute } from './routes.ts'
export { answerClientError } from './client-error.ts'
export { replyWithFailure, replyWithRefusal } from './reply.ts'
