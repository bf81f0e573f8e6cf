/** Routes for our own screens: apps to open, what was given to apps, and which apps there are. See `api.ts`. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Reader } from '#foundation/access-control'
import type { AppLine, ClientLine, GrantLine } from './api.ts'
import { auditOfClient, auditOfEnd, auditOfStranger } from './audit.ts'
import { addClient, type ClientWish, listClients } from './clients.ts'
import type { Interactions } from './asked.ts'
import { makeLaunch } from './launch.ts'
import { isOwnSite } from './own-site.ts'
import { MOUNT } from './provider.ts'
import { OAUTH_RULES, statusOfRule } from './refusals.ts'
import { scopeList, sentenceOf } from './scopes.ts'

type Answer = { readonly body: object } | { readonly rule: string }
type Act = (parts: Interactions, reader: Reader, body: Fields, request: FastifyRequest) => Promise<Answer>
type Fields = Readonly<Record<string, unknown>>

interface Route {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly act: Act
  readonly forAdministrator?: boolean
}

const no = (rule: string): Answer => ({ rule })
const say = (body: object): Answer => ({ body })

const ROUTES: readonly Route[] = [
  { method: 'GET', path: '/apps', act: apps },
  { method: 'POST', path: '/launch', act: launch },
  { method: 'GET', path: '/grants', act: async (parts, reader) => say({ grants: await grants(parts, reader) }) },
  { method: 'POST', path: '/grants/end', act: endGrant },
  {
    method: 'GET',
    path: '/clients',
    act: async (parts) => say({ clients: await clients(parts) }),
    forAdministrator: true,
  },
  { method: 'POST', path: '/clients', act: letIn, forAdministrator: true },
  { method: 'POST', path: '/clients/remove', act: shutOut, forAdministrator: true },
]

export function deskRoutes(app: FastifyInstance, parts: Interactions): void {
  for (const { method, path, act, forAdministrator = false } of ROUTES) {
    app.route({
      method,
      url: MOUNT + path,
      handler: (request, reply) => answer(parts, request, reply, act, forAdministrator),
    })
  }
}

async function answer(
  parts: Interactions,
  request: FastifyRequest,
  reply: FastifyReply,
  act: Act,
  forAdministrator: boolean,
): Promise<FastifyReply> {
  const { options } = parts
  const refuse = (rule: string) => reply.code(statusOfRule(rule)).send({ rule, ...OAUTH_RULES[rule]!.message })
  reply.header('cache-control', 'no-store')
  // A form of another site sends no JSON; a page of another site says where it is from.
  const isJson = /^application\/json\b/.test(request.headers['content-type'] ?? '')
  if (request.method === 'POST' && (!isJson || !isOwnSite(request, options.base))) return refuse('OAUTH-9')
  const reader = await options.identify(request)
  if (!reader || reader.account === null) return refuse('OAUTH-1')
  const isAdministrator = reader.roles.includes('administrator') && reader.factors === 2
  if (forAdministrator && !isAdministrator) {
    await options.audit(auditOfStranger(reader, 'OAUTH-16', request.id))
    return refuse('OAUTH-16')
  }
  const answered = await act(parts, reader, (request.body ?? {}) as Fields, request)
  return 'rule' in answered ? refuse(answered.rule) : reply.send(answered.body)
}

async function apps({ items }: Interactions): Promise<Answer> {
  const all = await listClients(items)
  const open = all.filter(({ launch: address, scopes }) => address !== null && scopes.includes('launch'))
  return say({ apps: open.map(({ id, name }): AppLine => ({ id, name })) })
}

async function launch({ items, options }: Interactions, reader: Reader, wish: Fields): Promise<Answer> {
  const made = await makeLaunch(items, wish, reader, options)
  return made.ok ? say(made.value) : no(made.refusals[0]!.rule)
}

async function grants({ items, options: { base } }: Interactions, { account }: Reader): Promise<readonly GrantLine[]> {
  const names = new Map((await listClients(items)).map(({ id, name }) => [id, name]))
  return (await items.grantsOf(account ?? '')).map(({ id, context, resources, rejected, given, until }) => {
    const crossedOut = scopeList(rejected?.[base])
    const kept = scopeList(resources?.[base]).filter((scope) => !crossedOut.includes(scope))
    return {
      id,
      client: context.client,
      name: names.get(context.client) ?? context.client,
      scopes: kept.map((scope) => ({ scope, sentence: sentenceOf(scope) })),
      patient: context.patient,
      online: context.online,
      given: new Date(given).toISOString(),
      until: new Date(until).toISOString(),
    }
  })
}

async function endGrant(parts: Interactions, reader: Reader, { id }: Fields, request: FastifyRequest): Promise<Answer> {
  const { items, options } = parts
  const own = (await items.grantsOf(reader.account ?? '')).find((one) => one.id === id)
  if (!own) return no('OAUTH-17')
  await items.revokeGrant(own.id)
  await options.audit(auditOfEnd(reader, own.context.client, request.id))
  return say({ grants: await grants(parts, reader) })
}

async function clients({ items }: Interactions): Promise<readonly ClientLine[]> {
  return listClients(items)
}

async function letIn(
  { items, options }: Interactions,
  reader: Reader,
  body: Fields,
  request: FastifyRequest,
): Promise<Answer> {
  const wish = wishOf(body)
  if (!wish) return no('OAUTH-8')
  const made = await addClient(items, wish)
  if (!made.ok) return no(made.refusals[0]!.rule)
  await options.audit(auditOfClient(made.value.id, request.id, reader))
  return say(made.value)
}

const PROOFS: readonly unknown[] = ['public', 'secret', 'keys']

/** What a screen sent, when it has the shape of a wish; what it wishes is judged by `addClient`. */
function wishOf({ name, redirects, scopes, launch: address, proof, backend, keys }: Fields): ClientWish | undefined {
  const isWhole =
    typeof name === 'string' &&
    name.trim() !== '' &&
    name.length <= 100 &&
    Array.isArray(redirects) &&
    redirects.every((one) => typeof one === 'string') &&
    typeof scopes === 'string' &&
    (address === undefined || typeof address === 'string') &&
    PROOFS.includes(proof) &&
    typeof backend === 'boolean' &&
    (keys === undefined || isKeys(keys))
  if (!isWhole) return undefined
  return { name: name.trim(), redirects, scopes, launch: address, proof, backend, keys } as ClientWish
}

const isKeys = (keys: unknown): boolean =>
  typeof keys === 'object' && keys !== null && ('jwks' in keys || ('url' in keys && typeof keys.url === 'string'))

async function shutOut(parts: Interactions, reader: Reader, { id }: Fields, request: FastifyRequest): Promise<Answer> {
  if (typeof id !== 'string' || !(await parts.items.removeClient(id))) return no('OAUTH-6')
  await parts.options.audit(auditOfClient(id, request.id, reader))
  return say({ clients: await clients(parts) })
}
