import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's own folder: where `var` and `dist` are. */
export const PROJECT = fileURLToPath(new URL('../../', import.meta.url))

/** A wrong use of the command line or a wrong setting: one sentence, exit code 1. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse'
}

/** One setting: how it is given, what it means, and what a wrong value is told. */
export interface Setting<T> {
  readonly flag?: string
  readonly variable?: string
  /** what the flag takes, as the help shows it; absent: a switch */
  readonly takes?: string
  /** @throws WrongUse with a sentence that lacks only the setting's name */
  readonly read: (text: string) => T
  readonly fallback: string
  readonly help: string
}

const LOOPBACK = ['127.0.0.1', '::1', 'localhost']
const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace']

function wholeNumber(text: string, low: number, high: number): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || value < low || value > high) {
    throw new WrongUse(`must be a whole number from ${low} to ${high}, not "${text}"`)
  }
  return value
}

export const isLoopback = (host: string): boolean => LOOPBACK.includes(host)

function hostName(text: string): string {
  if (/^[A-Za-z0-9.:-]{1,253}$/.test(text)) return text
  throw new WrongUse(`must be a name or an address, not "${text}"`)
}

function origin(text: string): string {
  if (text === '') return ''
  if (URL.canParse(text) && new URL(text).origin === text) return text
  throw new WrongUse(`must be an address without a path, such as https://emr.example.vn, not "${text}"`)
}

function oneOf(allowed: readonly string[], text: string): string {
  if (allowed.includes(text)) return text
  throw new WrongUse(`must be one of ${allowed.join(', ')}, not "${text}"`)
}

function day(text: string): string {
  const time = Date.parse(`${text}T00:00:00Z`)
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text) && new Date(time || 0).toISOString().startsWith(text)
  if (text === '' || isDay) return text
  throw new WrongUse(`must be a day such as 2026-07-01, not "${text}"`)
}

export const SETTINGS = {
  port: {
    flag: '--port',
    variable: 'LANH_PORT',
    takes: 'PORT',
    read: (text) => wholeNumber(text, 0, 65535),
    fallback: '8080',
    help: 'where the product listens; 0 takes any free port',
  },
  host: {
    flag: '--host',
    takes: 'HOST',
    read: hostName,
    fallback: '127.0.0.1',
    help: 'address it listens on; with --demo or --no-auth loopback only',
  },
  origin: {
    variable: 'LANH_ORIGIN',
    takes: 'ADDRESS',
    read: origin,
    fallback: '',
    help: 'the address people open, such as https://emr.example.vn (default: http://localhost and the port)',
  },
  data: {
    flag: '--data',
    variable: 'LANH_DATA',
    takes: 'FOLDER',
    read: (text) => text,
    fallback: '',
    help: 'folder of our own PostgreSQL (default: var/hospital in the project, var/demo with --demo)',
  },
  databaseUrl: {
    variable: 'DATABASE_URL',
    takes: 'ADDRESS',
    read: (text) => text,
    fallback: '',
    help: "the hospital's PostgreSQL (15 to 18) instead of our own: postgres://user:password@host:5432/database",
  },
  demo: {
    flag: '--demo',
    read: (text) => text === 'true',
    fallback: 'false',
    help: 'fill an empty database with the demo hospital, all of whose people are invented',
  },
  auth: {
    flag: '--no-auth',
    // The switch takes something away, so given means false.
    read: (text) => text !== 'true',
    fallback: 'false',
    help: 'no sign-in, and everybody sees everything: for development, on loopback only',
  },
  log: {
    variable: 'LANH_LOG',
    takes: 'LEVEL',
    read: (text) => oneOf(LOG_LEVELS, text),
    fallback: 'warn',
    help: `how much is logged to standard error: ${LOG_LEVELS.join(', ')}`,
  },
  json: {
    flag: '--json',
    read: (text) => text === 'true',
    fallback: 'false',
    help: 'one line of JSON for each dossier instead of sentences',
  },
  csv: {
    flag: '--csv',
    takes: 'FILE',
    read: (text) => text,
    fallback: '',
    help: 'saves every finding of the dossiers as a table',
  },
  toSend: {
    flag: '--to-send',
    read: (text) => text === 'true',
    fallback: 'false',
    help: 'imported dossiers are ours to send; otherwise another program has sent them or may have',
  },
  from: {
    flag: '--from',
    takes: 'YYYY-MM-DD',
    read: day,
    fallback: '',
    help: 'first day: of the end of care, or of the acts',
  },
  to: {
    flag: '--to',
    takes: 'YYYY-MM-DD',
    read: day,
    fallback: '',
    help: 'last day: of the end of care, or of the acts',
  },
  out: {
    flag: '--out',
    takes: 'PATH',
    read: (text) => text,
    fallback: '',
    help: 'where exported dossiers are written, one file each; the file of an audit export',
  },
  unsigned: {
    flag: '--unsigned',
    read: (text) => text === 'true',
    fallback: 'false',
    help: 'exported dossiers carry no signature',
  },
  signingKey: {
    variable: 'LANH_SIGNING_KEY',
    takes: 'FILE',
    read: (text) => text,
    fallback: '',
    help: 'PEM of the RSA key that dossiers are signed with (default: one for trying out, without legal value)',
  },
  signingCertificate: {
    variable: 'LANH_SIGNING_CERTIFICATE',
    takes: 'FILE',
    read: (text) => text,
    fallback: '',
    help: 'PEM of its certificate, those of the issuers behind it',
  },
  signingPassphrase: {
    variable: 'LANH_SIGNING_PASSPHRASE',
    takes: 'WORDS',
    read: (text) => text,
    fallback: '',
    help: 'what the signing key is locked with',
  },
  portalUrl: {
    variable: 'LANH_BHXH_URL',
    takes: 'ADDRESS',
    read: (text) => text,
    fallback: '',
    help: 'the portal of Social Insurance, such as https://egw.baohiemxahoi.gov.vn; without it nothing is sent',
  },
  portalUser: {
    variable: 'LANH_BHXH_USER',
    takes: 'NAME',
    read: (text) => text,
    fallback: '',
    help: "the facility's account at the portal",
  },
  portalPassword: {
    variable: 'LANH_BHXH_PASSWORD',
    takes: 'WORDS',
    read: (text) => text,
    fallback: '',
    help: 'its password, never logged',
  },
  portalFacility: {
    variable: 'LANH_BHXH_FACILITY',
    takes: 'CODE',
    read: (text) => text,
    fallback: '',
    help: "the facility's code (MACSKCB), five digits",
  },
  portalKind: {
    variable: 'LANH_BHXH_KIND',
    takes: 'CODE',
    read: (text) => text,
    fallback: '130',
    help: 'loaiHoSo of a dossier at the portal',
  },
  portalAsker: {
    variable: 'LANH_BHXH_ASKER',
    takes: 'NAME',
    read: (text) => text,
    fallback: '',
    help: 'full name of the employee who looks up cards, as registered with Social Insurance',
  },
  portalAskerId: {
    variable: 'LANH_BHXH_ASKER_ID',
    takes: 'NUMBER',
    read: (text) => text,
    fallback: '',
    help: 'their personal identity number',
  },
  portalDestinations: {
    variable: 'LANH_BHXH_DESTINATIONS',
    takes: 'FILE',
    read: (text) => text,
    fallback: '',
    help: 'JSON list of further portals that get the same dossiers (docs/guide/insurance-sending.md)',
  },
  auditCopy: {
    variable: 'LANH_AUDIT_COPY',
    takes: 'FOLDER',
    read: (text) => text,
    fallback: '',
    help: 'second place of the signed heads of the audit log, best on another machine (default: beside the data folder)',
  },
  copy: {
    flag: '--copy',
    takes: 'FILE',
    read: (text) => text,
    fallback: '',
    help: 'heads of the audit log to verify against (default: those of the second place)',
  },
  keyPassphraseFile: {
    variable: 'LANH_KEY_PASSPHRASE_FILE',
    takes: 'FILE',
    read: (text) => text,
    fallback: '',
    help: 'holds the passphrase of the key file, such as a credential of systemd (docs/decisions/0025)',
  },
  keyPassphrase: {
    variable: 'LANH_KEY_PASSPHRASE',
    takes: 'WORDS',
    read: (text) => text,
    fallback: '',
    help: 'the same in a variable; without either the keys lie open, for trying out only',
  },
  destroyOld: {
    flag: '--destroy-old',
    read: (text) => text === 'true',
    fallback: 'false',
    help: 'destroys keys that wrap nothing any more: what is sealed in older backups opens no more',
  },
  tlsCertificate: {
    variable: 'LANH_TLS_CERTIFICATE',
    takes: 'FILE',
    read: (text) => text,
    fallback: '',
    help: 'PEM of the certificate that browsers see, those of the issuers behind it; read again when it changes',
  },
  tlsKey: {
    variable: 'LANH_TLS_KEY',
    takes: 'FILE',
    read: (text) => text,
    fallback: '',
    help: 'PEM of its key',
  },
  tlsAcmeFolder: {
    variable: 'LANH_TLS_ACME_FOLDER',
    takes: 'FOLDER',
    read: (text) => text,
    fallback: '',
    help: 'proofs of ACME are served from here on port 80; everything else there is sent on to https',
  },
  patients: {
    flag: '--patients',
    takes: 'N',
    read: (text) => wholeNumber(text, 1, 10_000_000),
    fallback: '1000',
    help: 'how many patients the demo hospital shall have',
  },
  redirects: {
    flag: '--redirect',
    takes: 'ADDRESSES',
    read: (text) => text,
    fallback: '',
    help: 'where an app takes its answers, letter by letter; several between quotation marks',
  },
  scopes: {
    flag: '--scopes',
    takes: 'SCOPES',
    read: (text) => text,
    fallback: '',
    help: 'what an app may ask for, such as "openid launch/patient patient/*.rs"',
  },
  launchAddress: {
    flag: '--launch',
    takes: 'ADDRESS',
    read: (text) => text,
    fallback: '',
    help: 'where an app is opened from a chart',
  },
  jwks: {
    flag: '--jwks',
    takes: 'FILE|ADDRESS',
    read: (text) => text,
    fallback: '',
    help: 'public keys of an app (RS384, ES384)',
  },
  backend: {
    flag: '--backend',
    read: (text) => text === 'true',
    fallback: 'false',
    help: 'the app has no people in front of it',
  },
  confidential: {
    flag: '--confidential',
    read: (text) => text === 'true',
    fallback: 'false',
    help: 'the app keeps a secret, which is printed once',
  },
  introspects: {
    flag: '--introspects',
    read: (text) => text === 'true',
    fallback: 'false',
    help: 'the app may ask what tokens of others are good for',
  },
} as const satisfies Readonly<Record<string, Setting<unknown>>>

/** Every setting with its value. `data` is never empty, `databaseUrl` is when PostgreSQL is our own. */
export type Settings = { readonly [K in keyof typeof SETTINGS]: ReturnType<(typeof SETTINGS)[K]['read']> }

const ALL: readonly Setting<unknown>[] = Object.values(SETTINGS)

/** What stands on the command line: flags with their values, and everything else in order. */
export interface Arguments {
  readonly given: ReadonlyMap<string, string>
  readonly rest: readonly string[]
}

/** Splits `--port 9000`, `--port=9000`, `--demo` and paths. `--` ends the flags. @param flags those the command knows */
export function parseArguments(words: readonly string[], flags: readonly string[]): Arguments {
  const given = new Map<string, string>()
  const rest: string[] = []
  const queue = [...words]
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    if (word === '--') return { given, rest: [...rest, ...queue] }
    if (!word.startsWith('-')) {
      rest.push(word)
      continue
    }
    const [flag = '', inline] = splitOnce(word)
    const setting = ALL.find((one) => one.flag === flag && flags.includes(flag))
    if (!setting) throw new WrongUse(`${flag} is not an option here: see lanh --help`)
    if (!setting.takes && inline !== undefined) throw new WrongUse(`${flag} is a switch and takes no value`)
    const value = setting.takes ? (inline ?? queue.shift()) : 'true'
    if (value === undefined) throw new WrongUse(`${flag} needs a value: ${flag} ${setting.takes}`)
    given.set(flag, value)
  }
  return { given, rest }
}

function splitOnce(word: string): [string, string?] {
  const at = word.indexOf('=')
  return at < 0 ? [word] : [word.slice(0, at), word.slice(at + 1)]
}

/** The flag wins over the variable, the variable over the default. @throws WrongUse naming the setting */
export function readSettings(given: ReadonlyMap<string, string>, environment: NodeJS.ProcessEnv): Settings {
  const entries = Object.entries<Setting<unknown>>(SETTINGS).map(([name, setting]) => [
    name,
    valueOf(setting, given, environment),
  ])
  const settings = Object.fromEntries(entries) as Settings
  return { ...settings, data: settings.data || join(PROJECT, 'var', settings.demo ? 'demo' : 'hospital') }
}

function valueOf<T>(
  { flag, variable, fallback, read }: Setting<T>,
  given: ReadonlyMap<string, string>,
  environment: NodeJS.ProcessEnv,
): T {
  const byFlag = flag && given.get(flag)
  // A variable that is set to nothing counts as not set, as everywhere in a shell.
  const byVariable = (variable && environment[variable]) || undefined
  try {
    return read(byFlag ?? byVariable ?? fallback)
  } catch (error) {
    const source = byFlag === undefined && byVariable !== undefined ? variable : flag
    throw error instanceof WrongUse ? new WrongUse(`${source} ${error.message}`) : error
  }
}
