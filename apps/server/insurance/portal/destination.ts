import { readFileSync } from 'node:fs'
import { type Settings, WrongUse } from '../../settings.ts'

/** Where a facility sends its dossiers: the portal of Social Insurance, or one that speaks like it. */
export interface Destination {
  /** short and stable: Tasks of the outbox are found by it */
  readonly id: string
  readonly name: string
  /** address without a slash at its end */
  readonly base: string
  readonly paths: Readonly<Record<PortalCall, string>>
  /** loaiHoSo of a dossier and of a check-in message */
  readonly kinds: { readonly submit: string; readonly checkIn: string }
  readonly username: string
  readonly password: string
  /** how many files are under way to it at a time */
  readonly atOnce: number
  /** maTinh, two digits */
  readonly province: string
  /** maCSKCB, five digits */
  readonly facility: string
}

export type PortalCall = 'token' | 'cardLookup' | 'submit' | 'checkIn'

/** Paths of the portal of Social Insurance. @source BHXH letters 1245 and 1923 of 2024; those of 3176 from practice */
export const PORTAL_PATHS: Readonly<Record<PortalCall, string>> = {
  token: '/api/token/take',
  cardLookup: '/api/egw/KQNhanLichSuKCB2024',
  submit: '/api/qd130/guiHoSoXmlQD3176',
  checkIn: '/api/qd130/checkInKcbQd3176',
}

/** loaiHoSo. @source BHXH letter 1245 of 2024 */
export const PORTAL_KINDS = { submit: '130', checkIn: '0' } as const

/** Files under way to one portal at a time, unless its settings say otherwise. */
export const AT_ONCE = 4
const MOST_AT_ONCE = 32

type PortalSettings = Pick<
  Settings,
  'portalUrl' | 'portalUser' | 'portalPassword' | 'portalFacility' | 'portalKind' | 'portalDestinations'
>

/**
 * Where this facility sends: the portal of the settings and those of the file of further destinations.
 * @returns nothing where no address is set: then nothing is sent
 * @throws WrongUse where an account is incomplete or the file is no list of destinations
 */
export function destinationsOf(settings: PortalSettings, environment: NodeJS.ProcessEnv): readonly Destination[] {
  const { portalUrl, portalUser, portalPassword, portalFacility, portalKind } = settings
  const further = settings.portalDestinations ? furtherDestinations(settings.portalDestinations, environment) : []
  if (!portalUrl) return further
  const account = { base: portalUrl, username: portalUser, password: portalPassword, facility: portalFacility }
  return [complete('LANH_BHXH', { id: 'bhxh', name: 'Cổng BHXH', submitKind: portalKind, ...account }), ...further]
}

interface Asked {
  readonly id: string
  readonly name?: string
  readonly base: string
  readonly username: string
  readonly password: string
  readonly facility: string
  readonly province?: string
  readonly submitKind?: string
  readonly atOnce?: number
  readonly checkInKind?: string
  readonly paths?: Partial<Record<PortalCall, string>>
}

function complete(where: string, asked: Asked): Destination {
  const { id, name = id, base, username, password, facility, province = facility.slice(0, 2) } = asked
  if (!username || !password) throw new WrongUse(`${where} needs a user and a password`)
  if (!/^\d{5}$/.test(facility)) throw new WrongUse(`${where} needs the facility's code, five digits`)
  if (!/^https?:\/\/[^/?#@]+/.test(base)) throw new WrongUse(`${where} needs an address such as https://host`)
  const { atOnce = AT_ONCE } = asked
  if (!Number.isInteger(atOnce) || atOnce < 1 || atOnce > MOST_AT_ONCE)
    throw new WrongUse(`${where}: atOnce is a whole number from 1 to ${MOST_AT_ONCE}`)
  return {
    id,
    name,
    atOnce,
    base: base.replace(/\/+$/, ''),
    paths: { ...PORTAL_PATHS, ...asked.paths },
    kinds: { submit: asked.submitKind ?? PORTAL_KINDS.submit, checkIn: asked.checkInKind ?? PORTAL_KINDS.checkIn },
    username,
    password,
    province,
    facility,
  }
}

const FILE = 'LANH_BHXH_DESTINATIONS'

/** Passwords do not stand in the file: `passwordVariable` names the variable of the environment that has it. */
function furtherDestinations(path: string, environment: NodeJS.ProcessEnv): readonly Destination[] {
  const list = parsed(path)
  return list.map((each) => {
    const text = (name: string): string => (typeof each[name] === 'string' ? each[name] : '')
    if (!/^[a-z][a-z0-9-]{0,40}$/.test(text('id'))) throw new WrongUse(`${FILE}: each destination needs an id`)
    return complete(`${FILE} ${text('id')}`, {
      ...(each as unknown as Asked),
      username: text('username'),
      base: text('base'),
      facility: text('facility'),
      password: environment[text('passwordVariable')] ?? '',
    })
  })
}

function parsed(path: string): readonly Readonly<Record<string, unknown>>[] {
  try {
    const list: unknown = JSON.parse(readFileSync(path, 'utf8'))
    if (Array.isArray(list) && list.every((each) => typeof each === 'object' && each !== null)) return list
  } catch {
    // said below, as for any other file that is none
  }
  throw new WrongUse(`${FILE} is no JSON list of destinations`)
}
