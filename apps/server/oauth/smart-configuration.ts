/** What this server says of itself. @source https://hl7.org/fhir/smart-app-launch/STU2.2/conformance.html */
import { issuerOf } from './provider.ts'
import { granularScopes, PLAIN_SCOPES } from './scopes.ts'

/** Only what works; each is shown by a test that docs/conformance.md names. */
export const CAPABILITIES = [
  'launch-ehr',
  'launch-standalone',
  'client-public',
  'client-confidential-symmetric',
  'client-confidential-asymmetric',
  'sso-openid-connect',
  'context-banner',
  'context-style',
  'context-ehr-patient',
  'context-ehr-encounter',
  'context-standalone-patient',
  'permission-offline',
  'permission-online',
  'permission-patient',
  'permission-user',
  'permission-v2',
] as const

export const STYLE_DOCUMENT = '/smart-style.json'

export function smartConfiguration(base: string): object {
  const issuer = issuerOf(base)
  return {
    issuer,
    jwks_uri: `${issuer}/jwks`,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    introspection_endpoint: `${issuer}/introspect`,
    revocation_endpoint: `${issuer}/revoke`,
    grant_types_supported: ['authorization_code', 'client_credentials'],
    response_types_supported: ['code'],
    scopes_supported: [
      ...Object.keys(PLAIN_SCOPES),
      ...['patient', 'user', 'system'].flatMap((level) => [`${level}/*.rs`, `${level}/*.cruds`]),
      ...granularScopes(),
    ],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: ['RS384', 'ES384'],
    capabilities: CAPABILITIES,
  }
}

const OAUTH_URIS = 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris'

/** `CapabilityStatement.rest.security`. @source https://hl7.org/fhir/smart-app-launch/STU2.2/conformance.html#declaring-support-for-oauth2-endpoints */
export function capabilitySecurity(base: string): object {
  const issuer = issuerOf(base)
  const uri = (url: string, path: string) => ({ url, valueUri: `${issuer}/${path}` })
  return {
    cors: true,
    extension: [
      {
        url: OAUTH_URIS,
        extension: [
          uri('authorize', 'authorize'),
          uri('token', 'token'),
          uri('introspect', 'introspect'),
          uri('revoke', 'revoke'),
        ],
      },
    ],
    service: [
      {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/restful-security-service', code: 'SMART-on-FHIR' }],
      },
    ],
  }
}

/** Colours for apps that want to look at home here. @source https://hl7.org/fhir/smart-app-launch/STU2.2/scopes-and-launch-context.html#styling */
export const SMART_STYLE = {
  color_background: '#ffffff',
  color_error: '#c0392b',
  color_highlight: '#0b6e4f',
  color_modal_backdrop: '',
  color_success: '#0b6e4f',
  color_text: '#1a1b1e',
  dim_border_radius: '8px',
  dim_font_size: '14px',
  dim_spacing_size: '16px',
  font_family_body: "'Inter Variable', system-ui, sans-serif",
  font_family_heading: "'Inter Variable', system-ui, sans-serif",
} as const
