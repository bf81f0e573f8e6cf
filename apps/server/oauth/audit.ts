/** What the audit log is told of apps: who gave them what, what they were refused, what was taken back. */
import type { Reader } from '#foundation/access-control'
import type { AuditFacts } from '#foundation/audit-log'

const facts = (
  action: AuditFacts['action'],
  outcome: AuditFacts['outcome'],
  agent: Partial<AuditFacts['agent']> & { readonly client: string | null },
  more: Partial<AuditFacts> & { readonly request: string },
): AuditFacts => ({
  at: new Date().toISOString(),
  action,
  outcome,
  agent: { account: null, reference: 'Device/lanh', roles: [], session: null, network: '', purpose: 'TREAT', ...agent },
  entities: [],
  patients: [],
  ...more,
})

/** A person opened an app, or refused it. */
export const auditOf = (
  { account, agent, roles, session, network, purpose }: Reader,
  client: string,
  isConfirmed: boolean,
  patient: string | null,
  request: string,
): AuditFacts =>
  facts(
    'sign-in',
    isConfirmed ? 'success' : 'refused',
    { account, reference: agent, roles, session, network, purpose, client },
    { request, patients: patient === null ? [] : [patient], ...(isConfirmed ? {} : { rule: 'OAUTH-REFUSED' }) },
  )

/** What a client asked of the token, introspection or revocation endpoint, or of the authorization endpoint in vain. */
export const auditOfEndpoint = (
  endpoint: string,
  { client, network, account }: { client: string | null; network: string; account?: string | undefined },
  error: string | null,
  request: string,
): AuditFacts =>
  facts(
    endpoint === 'revocation' ? 'sign-out' : 'sign-in',
    error === null ? 'success' : error === 'server_error' ? 'failure' : 'refused',
    { client, network, account: account ?? null, reference: client === null ? 'Device/lanh' : `Device/${client}` },
    { request, ...(error === null ? {} : { rule: `OAUTH-${error}` }) },
  )

/** Somebody took back what they gave an app. */
export const auditOfEnd = (
  { account, agent, roles, session, network, purpose }: Reader,
  client: string,
  request: string,
): AuditFacts =>
  facts('sign-out', 'success', { account, reference: agent, roles, session, network, purpose, client }, { request })

/** An administrator added or removed a client. @param by whoever did it; absent on the command line */
export const auditOfClient = (client: string, request: string, by?: Reader): AuditFacts =>
  facts(
    'client-change',
    'success',
    {
      client,
      purpose: 'SYSDEV',
      ...(by && {
        account: by.account,
        reference: by.agent,
        roles: by.roles,
        session: by.session,
        network: by.network,
      }),
    },
    { request, entities: [{ reference: `Device/${client}` }] },
  )

/** Somebody who is no administrator asked for the list of clients, or to change it. */
export const auditOfStranger = (
  { account, agent, roles, session, network }: Reader,
  rule: string,
  request: string,
): AuditFacts =>
  facts(
    'client-change',
    'refused',
    { account, reference: agent, roles, session, network, purpose: 'SYSDEV', client: null },
    { request, rule },
  )
