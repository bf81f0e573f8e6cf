/** What stands between the network and everything else. See docs/guide/https.md. */
export { type HeaderOptions, securityHeaders, withSecurityHeaders } from './security-headers.ts'
export { limitConnections, serverOptions } from './server-options.ts'
export {
  type Certificate,
  keepCertificateFresh,
  readCertificate,
  type TlsSettings,
  type Watching,
} from './certificate.ts'
export { acmeDoor, type AcmeDoorOptions } from './acme-door.ts'
export { openTls, type Tls, type TlsOptions } from './open-tls.ts'
export { strictBodies } from './strict-bodies.ts'
export { type LoadOptions, shedLoad } from './load-shedding.ts'
export { type Urgency, urgencyOf } from './urgency.ts'
export { selfSignedCommand } from './tls-command.ts'
