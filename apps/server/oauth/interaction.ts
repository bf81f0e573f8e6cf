/**
 * Asks the person at the keyboard: which app, for whom, what it may do. Works as a plain page and as JSON for screens.
 * Who is signed in is asked at every step; the form holds a seal over request and person, so that a form that was made for
 * somebody else, or by another site, confirms nothing.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Reader } from '#foundation/access-control'
import { grantApp, isOptional, refuseApp } from './answer.ts'
import { type Asked, asked, type Interactions } from './asked.ts'
import { auditOf } from './audit.ts'
import { isOwnSite } from './own-site.ts'
import { type Consent, consentPage, failurePage, PAGE_HEADERS, policyOf } from './pages.ts'
import { MOUNT } from './provider.ts'
import { OAUTH_RULES, statusOfRule } from './refusals.ts'
import { sentenceOf } from './scopes.ts'
import type { FoundPatient, OAuthOptions } from './types.ts'

/** The seal of a form. */
const sealOf = (key: string, { uid, reader }: Asked): string =>
  createHmac('sha256', key).update(`${uid}|${reader.account}|${reader.session}`).digest('base64url')

function isSealed(key: string, asking: Asked, seal: unknown): boolean {
  const wanted = Buffer.from(sealOf(key, asking))
  const given = Buffer.from(typeof seal === 'string' ? seal : '')
  return wanted.length === given.length && timingSafeEqual(wanted, given)
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
  }
}

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
  const result = isConfirmed ? await grantApp(parts, asking.value, fields) : refuseApp(parts, asking.value)
  const done = await result
  if (!done.ok) return sayNo(request, reply, done.rule)
  await parts.options.audit(auditOf(asking.value.reader, asking.value.clientId, isConfirmed, done.patient, request.id))
  const location = await parts.provider().interactionResult(request.raw, reply.raw, done.result, {
    mergeWithLastSubmission: false,
  })
  if (wantsJson(request)) return reply.send({ location })
  return reply.redirect(location, 303)
}

/** Addresses of the interaction, for the table of routes. */
export const INTERACTION = `${MOUNT}/interaction/:uid`
