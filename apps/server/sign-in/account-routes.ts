/** What somebody does with their own account. */
import type { RegistrationResponseJSON } from '@simplewebauthn/server'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Outcome } from '#fhir/outcome'
import {
  accountList,
  addTotp,
  beginTotp,
  changePassword,
  checkPin,
  endSessions,
  judgeNewPasskey,
  nameDevice,
  newRecoveryCodes,
  passkeyToMake,
  type Present,
  removePasskey,
  renamePasskey,
  storePasskey,
  storePin,
} from '#foundation/sign-in'
import type { MyAccount, TotpSetUp } from './api.ts'
import { membersOf, type Members, passkeyIn, textIn, textOrNone } from './body.ts'
import { askerOf, noteAct, type SignInDesk } from './desk.ts'
import { myAccountLine } from './lines.ts'
import { confirmedSessionOf, openSessionOf } from './needs.ts'
import { refuseBy, refuseWith } from './replies.ts'

/** A change of one's own account. @returns a refusal, or null when it is done */
type Change = (
  present: Present,
  members: Members,
  request: FastifyRequest,
  reply: FastifyReply,
) => Promise<Outcome<unknown>>

const done: Outcome<null> = { ok: true, value: null }

export function ownAccountRoutes(app: FastifyInstance, desk: SignInDesk): void {
  app.get('/account', async (request, reply) => {
    const present = await openSessionOf(desk, request, reply)
    return present ? mine(desk, present) : reply
  })
  const { signIn } = desk
  changeRoute(app, desk, '/account/passkeys/rename', 'open', 'passkey-rename', ({ session }, members) =>
    renamePasskey(signIn, session.account.id, textIn(members, 'id'), textIn(members, 'name')),
  )
  changeRoute(app, desk, '/account/passkeys/remove', 'confirmed', 'passkey-remove', ({ session }, members) =>
    removePasskey(signIn, session.account.id, textIn(members, 'id')),
  )
  changeRoute(app, desk, '/account/password', 'confirmed', 'password-change', ({ session }, members) =>
    changePassword(signIn, session, textIn(members, 'password')),
  )
  changeRoute(app, desk, '/account/totp', 'confirmed', 'totp', ({ session }, members) =>
    addTotp(signIn, session, textIn(members, 'code')),
  )
  changeRoute(app, desk, '/account/pin', 'confirmed', 'pin', async ({ session }, members) => {
    const pin = members['pin'] === null ? null : textIn(members, 'pin')
    const checked = pin === null ? done : checkPin(pin)
    if (checked.ok) await storePin(signIn, session.account.id, pin)
    return checked
  })
  changeRoute(app, desk, '/account/sessions/end', 'open', 'session-end', async ({ session }, members) => {
    await endSessions(signIn, session.account.id, [textIn(members, 'session')])
    return done
  })
  changeRoute(app, desk, '/account/device', 'open', 'device-name', async ({ session }, members) => {
    await nameDevice(signIn, session.device, textIn(members, 'name'))
    return done
  })
  setUpRoutes(app, desk)
}

async function mine({ signIn }: SignInDesk, present: Present): Promise<MyAccount> {
  const [entry] = await accountList(signIn, [present.session.account.id])
  return myAccountLine(signIn, present, entry?.roles ?? [])
}

/** One row of the table above: who may, what is done, what the audit says. */
function changeRoute(
  app: FastifyInstance,
  desk: SignInDesk,
  path: string,
  needs: 'open' | 'confirmed',
  reason: string,
  change: Change,
): void {
  const sessionFor = needs === 'open' ? openSessionOf : confirmedSessionOf
  app.post(path, async (request, reply) => {
    const present = await sessionFor(desk, request, reply)
    if (!present) return reply
    const outcome = await change(present, membersOf(request.body), request, reply)
    await noteChange(desk, request, present, reason, outcome.ok ? undefined : outcome.refusals[0]?.rule)
    return outcome.ok ? mine(desk, present) : refuseWith(reply, outcome.refusals)
  })
}

const noteChange = (
  desk: SignInDesk,
  request: FastifyRequest,
  { session, roles }: Present,
  reason: string,
  rule?: string,
) =>
  noteAct(desk, request, {
    action: 'account-change',
    account: session.account,
    session: session.id,
    roles,
    reason,
    ...(rule && { rule }),
  })

/** What is made in two steps, or shown once. */
function setUpRoutes(app: FastifyInstance, desk: SignInDesk): void {
  const { signIn } = desk
  app.post('/account/passkeys/options', async (request, reply) => {
    const present = await confirmedSessionOf(desk, request, reply)
    if (!present) return reply
    const { site, place } = await askerOf(desk, request, reply)
    const { id, name, display } = present.session.account
    return passkeyToMake(signIn, site, { name, display, handle: id }, `account:${id}`, place)
  })
  changeRoute(
    app,
    desk,
    '/account/passkeys',
    'confirmed',
    'passkey-add',
    async ({ session }, members, request, reply) => {
      const { site, place } = await askerOf(desk, request, reply)
      const { id } = session.account
      const response = passkeyIn<RegistrationResponseJSON>(members, 'response')
      const judged = await judgeNewPasskey(signIn, site, response, `account:${id}`, place)
      if (judged.ok) await storePasskey(signIn, signIn, id, judged.value, textOrNone(members, 'name'))
      return judged
    },
  )
  app.post('/account/totp/options', async (request, reply) => {
    const present = await confirmedSessionOf(desk, request, reply)
    if (!present) return reply
    const { id, name } = present.session.account
    const { uri, secret } = await beginTotp(signIn, id, name)
    return { uri, secret } satisfies TotpSetUp
  })
  app.post('/account/recovery-codes', async (request, reply) => {
    const present = await confirmedSessionOf(desk, request, reply)
    if (!present) return reply
    if (present.session.demo) return refuseBy(reply, 'SIGN-IN-22')
    const codes = await newRecoveryCodes(signIn, present.session.account.id)
    await noteChange(desk, request, present, 'recovery-codes')
    return { codes }
  })
}
