/**
 * Asks the person at the keyboard: which app, for whom, what it may do. Works as a plain page and as JSON for screens.
 * Who is signed in is asked at every step; the form holds a seal over request and person, so that a form that was made for
 * somebody else, or by another site, confirms nothing.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type Provider from 'oidc-provider'
import type { Sentence } from '#fhir/outcome'
import type { Reader } from '#foundation/access-control'
import { auditOf } from './audit.ts'
import { findClient } from './clients.ts'
import type { Items } from './items.ts'
import { mayOpen } from './launch.ts'
import { type Consent, consentPage, failurePage, PAGE_HEADERS, policyOf } from './pages.ts'
import { LIFE, MOUNT } from './provider.ts'
import { OAUTH_RULES, statusOfRule } from './refusals.ts'
import { needsPatient, resourceScope, scopeList, sentenceOf } from './scopes.ts'
import { type Launch, openLaunch } from './smart-request.ts'
import type { FoundPatient, GrantContext, OAuthOptions } from './types.ts'

export interface Interactions {
  readonly items: Items
  readonly options: OAuthOptions
  /** of this moment: it is built anew when keys change */
  readonly provider: () => Provider
  /** HMAC key of the forms */
  readonly formKey: () => string
}

/** What an app asks for, with the person it asks. */
interface Asked {
  readonly uid: string
  readonly reader: Reader
  readonly clientId: string
  readonly clientName: string
  readonly redirect: string
  readonly scopes: readonly string[]
  readonly launchId: string | undefined
  readonly launch: Launch | undefined
  /** true when a patient must be chosen here */
  readonly picks: boolean
}

const no = (rule: string) => ({ ok: false, rule }) as const

/** The request of an app that this browser holds, and who is signed in. */
async function asked({ items, options, provider }: Interactions, request: FastifyRequest, reply: FastifyReply) {
  const { uid } = request.params as { uid: string }
  const details = await provider()
    .interactionDetails(request.raw, reply.raw)
    .catch(() => undefined)
  if (!details || details.uid !== uid || details.result?.error !== undefined) return no('OAUTH-2')
  const reader = await options.identify(request)
  if (!reader || reader.account === null) return no('OAUTH-1')
  const params = details.params as Readonly<Record<string, string | undefined>>
  const clientId = params['client_id'] ?? ''
  const client = await findClient(items, clientId)
  if (!client) return no('OAUTH-6')
  const launchId = params['launch']
  const launch = launchId === undefined ? undefined : await openLaunch(items, launchId, clientId)
  // A launch belongs to who made it: a link that was made by one person opens nothing as another.
  if (launchId !== undefined && launch?.account !== reader.account) return no('OAUTH-2')
  const scopes = scopeList(params['scope'])
  const value: Asked = {
    uid,
    reader,
    clientId,
    clientName: client.name,
    redirect: params['redirect_uri'] ?? '',
    scopes,
    launchId,
    launch,
    picks: needsPatient(scopes) && (launch?.patient ?? null) === null,
  }
  return { ok: true, value } as const
}

/** The seal of a form. */
const sealOf = (key: string, { uid, reader }: Asked): string =>
  createHmac('sha256', key).update(`${uid}|${reader.account}|${reader.session}`).digest('base64url')

function isSealed(key: string, asking: Asked, seal: unknown): boolean {
  const wanted = Buffer.from(sealOf(key, asking))
  const given = Buffer.from(typeof seal === 'string' ? seal : '')
  return wanted.length === given.length && timingSafeEqual(wanted, given)
}

/** Browsers say where a request comes from; what comes from elsewhere is no press of our button. */
export function isOwnSite({ headers }: FastifyRequest, base: string): boolean {
  const site = headers['sec-fetch-site']
  if (typeof site === 'string' && site !== 'same-origin' && site !== 'none') return false
  return headers.origin === undefined || headers.origin === new URL(base).origin
}

const wantsJson = ({ headers }: FastifyRequest): boolean => /\bapplication\/json\b/.test(headers.accept ?? '')

async function sayNo(request: FastifyRequest, reply: FastifyReply, rule: string): Promise<FastifyReply> {
  const { message } = OAUTH_RULES[rule]!
  if (wantsJson(request)) return reply.code(statusOfRule(rule)).send({ rule, vi: message.vi, en: message.en })
  if (rule === 'OAUTH-1' && request.method === 'GET') {
    return reply.redirect(`/sign-in?next=${encodeURIComponent(request.url)}`, 303)
  }
  return reply
    .code(statusOfRule(rule))
    .headers({ ...PAGE_HEADERS, 'content-security-policy': policyOf() })
    .send(failurePage(message, rule))
}

/** Where the browser may be sent by redirection after the form: the app's own address. */
function formsTo(redirect: string): readonly string[] {
  const url = URL.parse(redirect)
  if (!url) return []
  return /^https?:$/.test(url.protocol) ? [url.origin] : [url.protocol]
}

async function consentOf(
  { options, formKey }: Interactions,
  asking: Asked,
  found: readonly FoundPatient[] | null,
  refused: Sentence | null = null,
): Promise<Consent> {
  const { uid, clientName, redirect, reader, scopes, picks, launch } = asking
  const own =
    reader.patients === null ? null : await Promise.all(reader.patients.map((one) => describe(options, reader, one)))
  const patient = launch?.patient ?? null
  return {
    uid,
    seal: sealOf(formKey(), asking),
    client: clientName,
    host: URL.parse(redirect)?.host ?? '',
    reader: reader.name,
    scopes: scopes.map((scope) => ({ scope, sentence: sentenceOf(scope), optional: isOptional(scope) })),
    patient: patient === null ? null : await describe(options, reader, patient),
    picks,
    found: found ?? own,
    refused,
  }
}

const isOptional = (scope: string): boolean => resourceScope(scope) !== undefined || scope === 'offline_access'

const describe = async ({ describePatient }: OAuthOptions, reader: Reader, reference: string): Promise<FoundPatient> =>
  (await describePatient?.(reader, reference)) ?? { reference, label: reference }

async function show(
  parts: Interactions,
  asking: Asked,
  request: FastifyRequest,
  reply: FastifyReply,
  found: readonly FoundPatient[] | null = null,
): Promise<FastifyReply> {
  const consent = await consentOf(parts, asking, found)
  if (wantsJson(request)) return reply.header('cache-control', 'no-store').send(consent)
  return reply
    .headers({ ...PAGE_HEADERS, 'content-security-policy': policyOf(formsTo(asking.redirect)) })
    .send(consentPage(consent))
}

/** `GET /oauth/interaction/:uid` */
export async function showInteraction(parts: Interactions, request: FastifyRequest, reply: FastifyReply) {
  const asking = await asked(parts, request, reply)
  return asking.ok ? show(parts, asking.value, request, reply) : sayNo(request, reply, asking.rule)
}

/** `POST /oauth/interaction/:uid/patient`: names stand in no address. */
export async function searchPatient(parts: Interactions, request: FastifyRequest, reply: FastifyReply) {
  const asking = await asked(parts, request, reply)
  if (!asking.ok) return sayNo(request, reply, asking.rule)
  if (!isOwnSite(request, parts.options.base)) return sayNo(request, reply, 'OAUTH-9')
  const text = fieldsOf(request).get('text') ?? ''
  const { reader } = asking.value
  const found = (await parts.options.findPatients?.(reader, text.slice(0, 100))) ?? []
  const open = found.filter(({ reference }) => reader.patients?.includes(reference) ?? true)
  return show(parts, asking.value, request, reply, open)
}

/** A form or JSON as one kind of fields; lists repeat their name. */
function fieldsOf({ body }: FastifyRequest): URLSearchParams {
  if (body instanceof URLSearchParams) return body
  const fields = new URLSearchParams()
  for (const [name, value] of Object.entries((body ?? {}) as object)) {
    for (const each of [value].flat()) if (typeof each === 'string') fields.append(name, each)
  }
  return fields
}

/** `POST /oauth/interaction/:uid`, `…/confirm`, `…/abort` */
export async function answerInteraction(parts: Interactions, request: FastifyRequest, reply: FastifyReply) {
  const asking = await asked(parts, request, reply)
  if (!asking.ok) return sayNo(request, reply, asking.rule)
  if (!isOwnSite(request, parts.options.base)) return sayNo(request, reply, 'OAUTH-9')
  const fields = fieldsOf(request)
  if (!isSealed(parts.formKey(), asking.value, fields.get('seal'))) return sayNo(request, reply, 'OAUTH-3')
  const [, last] = /\/(confirm|abort)$/.exec(request.routeOptions.url ?? '') ?? []
  const isConfirmed = (last ?? fields.get('answer')) === 'confirm'
  const result = isConfirmed ? await grant(parts, asking.value, fields) : refusedBy(parts, asking.value)
  const done = await result
  if (!done.ok) return sayNo(request, reply, done.rule)
  await parts.options.audit(auditOf(asking.value.reader, asking.value.clientId, isConfirmed, done.patient, request.id))
  const location = await parts.provider().interactionResult(request.raw, reply.raw, done.result, {
    mergeWithLastSubmission: false,
  })
  if (wantsJson(request)) return reply.send({ location })
  return reply.redirect(location, 303)
}

type Done =
  | {
      readonly ok: true
      readonly result: Parameters<Provider['interactionResult']>[2]
      readonly patient: string | null
    }
  | { readonly ok: false; readonly rule: string }

/** The person said no. The launch is used up: the app has to be opened anew. */
async function refusedBy({ items }: Interactions, { launchId }: Asked): Promise<Done> {
  if (launchId !== undefined) await items.consume('Launch', launchId)
  const result = { error: 'access_denied', error_description: 'the person refused' }
  return { ok: true, result, patient: null }
}

/** Makes the grant, exactly of what was asked for and not crossed out. */
async function grant(parts: Interactions, asking: Asked, fields: URLSearchParams): Promise<Done> {
  const { items, options, provider } = parts
  const { reader, clientId, launchId, launch, picks } = asking
  const patient = picks ? fields.get('patient') : (launch?.patient ?? null)
  if (!picks && fields.has('patient')) return no('OAUTH-10')
  if (picks && patient === null) return no('OAUTH-4')
  if (patient !== null && !/^Patient\/[A-Za-z0-9.-]{1,64}$/.test(patient)) return no('OAUTH-4')
  if (patient !== null && !(await mayOpen(reader, patient, options.describePatient))) return no('OAUTH-5')
  // Of two answers at once only one uses the launch.
  if (launchId !== undefined) {
    const used = await items.consume('Launch', launchId)
    if (used === undefined || used === 'used') return no('OAUTH-2')
  }
  const kept = new Set(fields.getAll('scope'))
  const granted = asking.scopes.filter((scope) => !isOptional(scope) || kept.has(scope))
  const isOnline = !granted.includes('offline_access')
  const made = new (provider().Grant)({
    accountId: reader.account!,
    clientId,
    ...(isOnline ? { expiresIn: LIFE.online } : {}),
  })
  const rejected = asking.scopes.filter((scope) => !granted.includes(scope))
  made.addOIDCScope(granted.join(' '))
  made.addResourceScope(options.base, granted.join(' '))
  if (rejected.length > 0) {
    made.rejectOIDCScope(rejected.join(' '))
    made.rejectResourceScope(options.base, rejected.join(' '))
  }
  const grantId = await made.save()
  const context: GrantContext = {
    client: clientId,
    reader,
    patient,
    encounter: launch?.encounter ?? null,
    fromChart: launch !== undefined && launch.patient !== null,
    online: isOnline,
  }
  await items.put({
    kind: 'Context',
    id: grantId,
    payload: { ...context },
    grant: grantId,
    client: clientId,
    account: reader.account,
    session: reader.session,
    lifetime: isOnline ? LIFE.online : LIFE.offline,
  })
  const result = { login: { accountId: reader.account!, remember: false }, consent: { grantId } }
  return { ok: true, result, patient }
}

/** Addresses of the interaction, for the table of routes. */
export const INTERACTION = `${MOUNT}/interaction/:uid`
