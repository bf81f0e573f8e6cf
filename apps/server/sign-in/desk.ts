/** What every route of the sign-in needs, and how it knows who asks. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Reader, Role } from '#foundation/access-control'
import type { AuditAction, AuditFacts } from '#foundation/audit-log'
import { type Account, type Place, type Present, presentOf, readerIn, type SignIn } from '#foundation/sign-in'
import { deviceFor, tokenIn } from './cookies.ts'
import { type AskedSite, isForeign, siteOf } from './site.ts'

export interface SignInDesk {
  readonly signIn: SignIn
  /** writes down what was done before it is answered */
  readonly audit: (facts: AuditFacts) => Promise<void>
  /** absolute address of the server as its users have it; by default what each browser called */
  readonly base?: string
  /** makes the Practitioner of the first administrator; without it only the account has their name */
  readonly staffFor?: (id: string, display: string) => Promise<void>
}

/** Header of a page that asks by itself, such as for news: it does not keep a screen from locking. */
const BACKGROUND = 'x-lanh-background'

/** Whoever asks: where from, and whose session it is. */
export interface Asker {
  readonly site: AskedSite
  readonly place: Place
  readonly present: Present | null
}

/** Who sits there, whether the screen is open or locked. */
export function presentIn({ signIn, base }: SignInDesk, request: FastifyRequest): Promise<Present | null> {
  const site = siteOf(request, base)
  const token = tokenIn(request, site, 'session')
  if (token === null || isForeign(request, site, true)) return Promise.resolve(null)
  return presentOf(signIn, token, request.ip, request.headers[BACKGROUND] === undefined)
}

/**
 * Who asks, for everything that is not the sign-in itself.
 * @returns null where nobody is signed in, the screen is locked, or another site's page asks for a change
 */
export async function identify(request: FastifyRequest, desk: SignInDesk): Promise<Reader | null> {
  const present = await presentIn(desk, request)
  return present?.state === 'open' ? readerIn(present, request.ip) : null
}

/** Whether another site's page asks for a change in the name of whoever is signed in: 403 SIGN-IN-7. */
export const isForgery = (request: FastifyRequest, { base }: SignInDesk): boolean => {
  const site = siteOf(request, base)
  return tokenIn(request, site, 'session') !== null && isForeign(request, site, true)
}

/** The same for the sign-in's own routes, which also meet the device. */
export async function askerOf(desk: SignInDesk, request: FastifyRequest, reply: FastifyReply): Promise<Asker> {
  const site = siteOf(request, desk.base)
  const { id } = deviceFor(request, reply, site)
  return { site, place: { device: id, network: request.ip }, present: await presentIn(desk, request) }
}

/** One act of signing in or of administering accounts, for the audit. */
export interface Act {
  readonly action: AuditAction
  /** whoever did it, or in whose name it was tried; null for nobody we know */
  readonly account: Account | null
  readonly roles?: readonly Role[]
  readonly session?: string | null
  /** rule that refused; absent: done */
  readonly rule?: string
  /** a word: what was done or what was wrong */
  readonly reason: string
  /** account that it was done to, where that is another */
  readonly about?: Account | null
}

export const noteAct = ({ signIn, audit }: SignInDesk, request: FastifyRequest, act: Act): Promise<void> =>
  audit({
    at: signIn.now().toISOString(),
    action: act.action,
    outcome: act.rule === undefined ? 'success' : 'refused',
    agent: {
      account: act.account?.id ?? null,
      reference: act.account?.agent ?? 'Device/unknown',
      roles: act.roles ?? [],
      client: null,
      session: act.session ?? null,
      network: request.ip,
      purpose: 'HOPERAT',
    },
    entities: act.about ? [{ reference: act.about.agent }] : [],
    patients: [],
    ...(act.rule === undefined ? {} : { rule: act.rule }),
    reason: act.about ? `${act.reason} ${act.about.id}` : act.reason,
    request: request.id,
  })
