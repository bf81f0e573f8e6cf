/** Accounts of others: for administrators who have shown two factors. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Outcome } from '#fhir/outcome'
import {
  type Account,
  accountList,
  assignRoles,
  createAccount,
  disableAccount,
  enableAccount,
  endSessions,
  findAccount,
  idleList,
  markReviewed,
  type Present,
  renameAccount,
  resetAccount,
  reviewList,
  type RoleAssignment,
  ROLES,
  sessionsOf,
  type SignIn,
  type Way,
} from '#foundation/sign-in'
import type { AccountLine, Handed, SessionLine } from './api.ts'
import { instantOrNone, listIn, type Members, membersOf, oneOfIn, textIn } from './body.ts'
import { noteAct, type SignInDesk } from './desk.ts'
import { accountLine, sessionLine } from './lines.ts'
import { confirmedSessionOf, openSessionOf } from './needs.ts'
import { refuseBy, refuseWith } from './replies.ts'

/** An administrator's session with two factors, or its refusal already sent. @param isChange it was confirmed lately, too */
async function administratorOf(
  desk: SignInDesk,
  request: FastifyRequest,
  reply: FastifyReply,
  isChange: boolean,
): Promise<Present | null> {
  const present = await openSessionOf(desk, request, reply)
  if (!present) return null
  const isOne = present.roles.includes('administrator')
  if (!isOne || present.session.factors < 2) {
    const rule = isOne ? 'SIGN-IN-6' : 'SIGN-IN-5'
    await note(desk, request, present, 'administration', null, rule)
    await refuseBy(reply, rule)
    return null
  }
  return isChange ? confirmedSessionOf(desk, request, reply) : present
}

const note = (
  desk: SignInDesk,
  request: FastifyRequest,
  { session, roles }: Present,
  reason: string,
  about: Account | null,
  rule?: string,
) =>
  noteAct(desk, request, {
    action: 'account-change',
    account: session.account,
    session: session.id,
    roles,
    reason,
    about,
    ...(rule && { rule }),
  })

const linesOf = (signIn: SignIn, entries: Awaited<ReturnType<typeof accountList>>): { accounts: AccountLine[] } => ({
  accounts: entries.map((entry) => accountLine(entry, signIn.now())),
})

export function administrationRoutes(app: FastifyInstance, desk: SignInDesk): void {
  const { signIn } = desk
  const lists = {
    '/accounts': () => accountList(signIn),
    '/review': () => reviewList(signIn, signIn.now()),
    '/idle': () => idleList(signIn, signIn.now()),
  }
  for (const [path, list] of Object.entries(lists)) {
    app.get(path, async (request, reply) =>
      (await administratorOf(desk, request, reply, false)) ? linesOf(signIn, await list()) : reply,
    )
  }
  app.post('/accounts', async (request, reply) => {
    const by = await administratorOf(desk, request, reply, true)
    if (!by) return reply
    const members = membersOf(request.body)
    const given = {
      name: textIn(members, 'name'),
      display: textIn(members, 'display'),
      agent: textIn(members, 'agent'),
      roles: rolesIn(members, signIn.now()),
      way: wayIn(members),
    }
    const outcome = await createAccount(signIn, given)
    const about = outcome.ok ? await findAccount(signIn, { id: outcome.value.account }) : null
    await note(desk, request, by, 'create', about, outcome.ok ? undefined : outcome.refusals[0]?.rule)
    return outcome.ok ? reply.code(201).send(await handed(signIn, outcome.value)) : refuseWith(reply, outcome.refusals)
  })
  changeRoutes(app, desk)
  sessionRoutes(app, desk)
}

const wayIn = (members: Members): Way =>
  members['way'] === undefined ? 'link' : oneOfIn(members, 'way', ['link', 'password'])

const rolesIn = (members: Members, now: Date): RoleAssignment[] =>
  listIn(members, 'roles').map((line) => ({
    role: oneOfIn(line, 'role', ROLES),
    scope: line['department'] === null ? null : textIn(line, 'department'),
    since: instantOrNone(line, 'since') ?? now,
    until: instantOrNone(line, 'until'),
  }))

async function handed(
  signIn: SignIn,
  { account, link, password }: { account: string; link?: string; password?: string },
): Promise<Handed> {
  return { account: await lineOf(signIn, account), ...(link && { link }), ...(password && { password }) }
}

async function lineOf(signIn: SignIn, account: string): Promise<AccountLine> {
  const [entry] = await accountList(signIn, [account])
  if (!entry) throw new Error('an account is not there')
  return accountLine(entry, signIn.now())
}

/** What is done to an account; null where only it is shown afterwards. */
type Change = (account: Account, members: Members) => Promise<Outcome<unknown>>

const done: Outcome<null> = { ok: true, value: null }

function changeRoutes(app: FastifyInstance, desk: SignInDesk): void {
  const { signIn } = desk
  const changes: Readonly<Record<string, Change>> = {
    roles: (account, members) => assignRoles(signIn, account, rolesIn(members, signIn.now())),
    rename: (account, members) =>
      renameAccount(signIn, account, { display: textIn(members, 'display'), agent: textIn(members, 'agent') }),
    disable: (account) => disableAccount(signIn, account),
    enable: async (account) => (await enableAccount(signIn, account), done),
  }
  for (const [name, change] of Object.entries(changes)) {
    app.post(`/accounts/${name}`, async (request, reply) =>
      changeAccount(desk, request, reply, name, async (account, members) => {
        const outcome = await change(account, members)
        return outcome.ok ? { ok: true, value: await lineOf(signIn, account.id) } : outcome
      }),
    )
  }
  app.post('/accounts/reset', async (request, reply) =>
    changeAccount(desk, request, reply, 'reset', async (account, members) => ({
      ok: true,
      value: await handed(signIn, await resetAccount(signIn, account, wayIn(members))),
    })),
  )
  app.post('/review', async (request, reply) =>
    changeAccount(desk, request, reply, 'review', async (account) => {
      await markReviewed(signIn, account)
      return { ok: true, value: linesOf(signIn, await reviewList(signIn, signIn.now())) }
    }),
  )
}

/** @param name of the act, for the audit; why it was done follows where the administrator said so */
async function changeAccount(
  desk: SignInDesk,
  request: FastifyRequest,
  reply: FastifyReply,
  name: string,
  change: (account: Account, members: Members) => Promise<Outcome<unknown>>,
): Promise<FastifyReply> {
  const by = await administratorOf(desk, request, reply, true)
  if (!by) return reply
  const members = membersOf(request.body)
  const account = await findAccount(desk.signIn, { id: textIn(members, 'account') })
  if (!account) return refuseBy(reply, 'SIGN-IN-17', 'account')
  const why = members['reason'] === undefined ? '' : ` ${textIn(members, 'reason')}`
  const outcome = await change(account, members)
  await note(desk, request, by, `${name}${why}`, account, outcome.ok ? undefined : outcome.refusals[0]?.rule)
  return outcome.ok ? reply.send(outcome.value) : refuseWith(reply, outcome.refusals)
}

function sessionRoutes(app: FastifyInstance, desk: SignInDesk): void {
  const { signIn } = desk
  const linesFor = async ({ id }: Account): Promise<{ sessions: SessionLine[] }> => ({
    sessions: (await sessionsOf(signIn, id)).map((session) => sessionLine(session, signIn.now(), null)),
  })
  app.post('/accounts/sessions', async (request, reply) => {
    if (!(await administratorOf(desk, request, reply, false))) return reply
    const account = await findAccount(signIn, { id: textIn(membersOf(request.body), 'account') })
    return account ? linesFor(account) : refuseBy(reply, 'SIGN-IN-17', 'account')
  })
  app.post('/accounts/sessions/end', async (request, reply) =>
    changeAccount(desk, request, reply, 'sessions-end', async (account, members) => {
      const { session } = members
      await endSessions(signIn, account.id, session === undefined ? 'all' : [textIn(members, 'session')])
      return { ok: true, value: await linesFor(account) }
    }),
  )
}
