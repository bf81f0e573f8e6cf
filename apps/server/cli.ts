/** The command line of the product. One row a command; every failure is one sentence on standard error and exit code 1 (commands of two words: 2 on misuse). */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { problemIn } from '#foundation/database'
import { keepCompiledCode } from './compile-cache.ts'
import { helpText } from './help.ts'
import { parseArguments, PROJECT, readSettings, type Settings, WrongUse } from './settings.ts'

interface Command {
  readonly usage: string
  readonly help: string
  readonly flags: readonly string[]
  /** Loads its code when it is called. @param paths what stands on the line beside the flags @returns the exit code */
  readonly run: (settings: Settings, paths: readonly string[]) => Promise<number>
  readonly takesPaths?: boolean
}

const COMMANDS: Readonly<Record<string, Command>> = {
  start: {
    usage: 'start',
    help: 'run the hospital: PostgreSQL, server and screens, until Ctrl-C',
    flags: ['--port', '--host', '--data', '--demo', '--no-auth'],
    run: async (settings) => (await import('./start-command.ts')).startCommand(settings),
  },
  import: {
    usage: 'import PATH…',
    help: 'read FHIR bundles (.json, .json.gz) and NDJSON (.ndjson, .ndjson.gz), files and folders',
    flags: ['--data', '--demo'],
    run: async (settings, paths) => (await import('./import-command.ts')).importCommand(settings, paths),
    takesPaths: true,
  },
  'bhxh check': {
    usage: 'bhxh check PATH…',
    help: 'check insurance dossiers (.xml files and folders); 1 when any has errors, 2 on misuse',
    flags: ['--json', '--csv'],
    run: async (settings, paths) => (await import('./insurance/check-command.ts')).checkCommand(settings, paths),
    takesPaths: true,
  },
  'bhxh import': {
    usage: 'bhxh import PATH…',
    help: 'read insurance dossiers into the record; what was read before is skipped',
    flags: ['--data', '--demo', '--csv', '--to-send'],
    run: async (settings, paths) => (await import('./insurance/import-command.ts')).importCommand(settings, paths),
    takesPaths: true,
  },
  'bhxh catalogue': {
    usage: 'bhxh catalogue',
    help: 'complete the catalogues of services, drugs and staff from every dossier in the record',
    flags: ['--data', '--demo'],
    run: async (settings) => (await import('./insurance/catalogue-command.ts')).catalogueCommand(settings),
  },
  'bhxh export': {
    usage: 'bhxh export --from … --to … --out …',
    help: 'write the dossiers of a period from the record, signed, by decision 3176',
    flags: ['--data', '--demo', '--from', '--to', '--out', '--unsigned'],
    run: async (settings) => (await import('./insurance/export-command.ts')).exportCommand(settings),
  },
  'account list': {
    usage: 'account list',
    help: 'list who may sign in, with state, roles and last use',
    flags: ['--data', '--demo'],
    run: async (settings) => (await import('./sign-in/account-command.ts')).listAccounts(settings),
  },
  'account disable': {
    usage: 'account disable NAME',
    help: 'close an account and sign it out at once',
    flags: ['--data', '--demo'],
    run: async (settings, words) =>
      (await import('./sign-in/account-command.ts')).changeAccount(settings, words, 'disable'),
    takesPaths: true,
  },
  'account enable': {
    usage: 'account enable NAME',
    help: 'open an account that was closed or locked',
    flags: ['--data', '--demo'],
    run: async (settings, words) =>
      (await import('./sign-in/account-command.ts')).changeAccount(settings, words, 'enable'),
    takesPaths: true,
  },
  'account link': {
    usage: 'account link NAME',
    help: 'take away every way in of an account and print a one-time link to a new one',
    flags: ['--data', '--demo', '--port'],
    run: async (settings, words) =>
      (await import('./sign-in/account-command.ts')).changeAccount(settings, words, 'link'),
    takesPaths: true,
  },
  'audit verify': {
    usage: 'audit verify',
    help: 'verify the audit log against its signed heads and those of the second place; 1 when anything is wrong',
    flags: ['--data', '--demo', '--copy'],
    run: async (settings) => (await import('./audit/verify-command.ts')).verifyCommand(settings),
  },
  'audit export': {
    usage: 'audit export --out …',
    help: 'write acts, heads and public keys for an outside auditor',
    flags: ['--data', '--demo', '--from', '--to', '--out'],
    run: async (settings) => (await import('./audit/export-command.ts')).exportAuditCommand(settings),
  },
  'client add': {
    usage: 'client add NAME --scopes …',
    help: 'let an app in: prints its client_id',
    flags: [
      '--data',
      '--demo',
      '--redirect',
      '--scopes',
      '--launch',
      '--jwks',
      '--backend',
      '--confidential',
      '--introspects',
    ],
    run: async (settings, words) => (await import('./oauth/client-command.ts')).clientAddCommand(settings, words),
    takesPaths: true,
  },
  'client list': {
    usage: 'client list',
    help: 'list the apps that are let in',
    flags: ['--data', '--demo'],
    run: async (settings) => (await import('./oauth/client-command.ts')).clientListCommand(settings),
  },
  'client remove': {
    usage: 'client remove ID',
    help: 'shut an app out, with every token it has',
    flags: ['--data', '--demo'],
    run: async (settings, words) => (await import('./oauth/client-command.ts')).clientRemoveCommand(settings, words),
    takesPaths: true,
  },
  'audit prove': {
    usage: 'audit prove ID',
    help: 'prove to others that one act is in the signed log, without the rest of it',
    flags: ['--data', '--demo'],
    run: async (settings, words) => (await import('./audit/prove-command.ts')).proveCommand(settings, words),
    takesPaths: true,
  },
  'keys status': {
    usage: 'keys status',
    help: 'list the keys by purpose and age; 1 when one should be changed or the file is not sealed',
    flags: ['--data', '--demo'],
    run: async (settings) => (await import('./keys/keys-commands.ts')).statusCommand(settings),
  },
  'keys rotate': {
    usage: 'keys rotate',
    help: 'make new keys and bring everything sealed under them, beside a running lanh',
    flags: ['--data', '--demo', '--destroy-old'],
    run: async (settings) => (await import('./keys/keys-commands.ts')).rotateCommand(settings),
  },
  'keys shred': {
    usage: 'keys shred SUBJECT',
    help: 'destroy the keys of one record, or of all that is sealed about a patient: for lawful erasure only',
    flags: ['--data', '--demo'],
    run: async (settings, words) => (await import('./keys/keys-commands.ts')).shredCommand(settings, words),
    takesPaths: true,
  },
  'keys passphrase': {
    usage: 'keys passphrase',
    help: 'seal the key file with new words, read from standard input',
    flags: ['--data', '--demo'],
    run: async (settings) => (await import('./keys/keys-commands.ts')).passphraseCommand(settings),
  },
  'keys recovery': {
    usage: 'keys recovery --out …',
    help: 'write a copy of the keys for the safe, opened by the halves of a code that two officers keep',
    flags: ['--data', '--demo', '--out'],
    run: async (settings) => (await import('./keys/keys-commands.ts')).recoveryCommand(settings),
  },
  'tls self-signed': {
    usage: 'tls self-signed [NAME…]',
    help: "make an authority for the hospital's own network and a certificate for the server's names",
    flags: ['--data', '--demo', '--host'],
    run: async (settings, words) => (await import('./defences/tls-command.ts')).selfSignedCommand(settings, words),
    takesPaths: true,
  },
  demo: {
    usage: 'demo',
    help: 'fill the database with the demo hospital of --patients N',
    flags: ['--data', '--demo', '--patients'],
    run: async (settings) => (await import('./demo-command.ts')).demoCommand(settings),
  },
  reindex: {
    usage: 'reindex',
    help: 'build every search index anew from the record log',
    flags: ['--data', '--demo'],
    run: async (settings) => (await import('./reindex-command.ts')).reindexCommand(settings),
  },
}

/** Commands of two words. Scripts tell what their check found (1) from how they called it (2). */
const FAMILIES: readonly (string | undefined)[] = ['bhxh', 'audit', 'client', 'account', 'keys', 'tls']

const version = (): string => JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8')).version

/** @returns the exit code */
async function main(words: readonly string[]): Promise<number> {
  keepCompiledCode()
  const [first = '--help', second = ''] = words
  const name = FAMILIES.includes(first) ? `${first} ${second}` : first
  const rest = words.slice(name === first ? 1 : 2)
  if (words.includes('--help') || first === '-h' || first === 'help') return say(helpText(Object.values(COMMANDS)))
  if (name === '--version' || name === '-v') return say(version())
  const command = COMMANDS[name]
  if (!command) throw new WrongUse(`${name.trim()} is not a command: see lanh --help`)
  const { given, rest: paths } = parseArguments(rest, command.flags)
  if (!command.takesPaths && paths.length > 0)
    throw new WrongUse(`lanh ${name} takes no "${paths[0]}": see lanh --help`)
  // `start` ends in order when the program that started us dies; everything else just ends.
  if (name !== 'start' && process.connected) process.once('disconnect', () => process.exit(1)).channel?.unref()
  return command.run(readSettings(given, process.env), paths)
}

function say(text: string): number {
  console.log(text)
  return 0
}

/** Faults of ours keep their stack: it is what an engineer needs. */
function complain(error: unknown): number {
  const told = error instanceof WrongUse ? error : problemIn(error)
  console.error(told ? `lanh: ${told.message}` : error)
  return error instanceof WrongUse && FAMILIES.includes(process.argv[2]) ? 2 : 1
}

process.exitCode = await main(process.argv.slice(2)).catch(complain)
