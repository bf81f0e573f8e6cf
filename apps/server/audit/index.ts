/** The audit log where it meets the others: over FHIR, over HTTP for the screens, and opened with the hospital. */
export { actOnAuditEvents, type AuditAnswer } from './audit-events.ts'
export { type AuditLook, auditRoutes, type AuditRoutes, type AuditVisitor } from './routes.ts'
export { type Audit, copyFolderOf, openAudit } from './open-audit.ts'
