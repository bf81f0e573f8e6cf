/** `lanh keys …`: what an administrator does with the keys, each act written into the audit log. */
import { createInterface } from 'node:readline/promises'
import { type AuditFacts, auditEntry, openAuditLog } from '#foundation/audit-log'
import { KeyProblem, openVault, PURPOSES, rotateKeys, type Vault, writeWhole } from '#foundation/keys'
import { type Hospital, withHospital } from '../open-hospital.ts'
import { Progress } from '../progress.ts'
import { type Settings, WrongUse } from '../settings.ts'
import { openKeys } from './open-keys.ts'

/** After so long a key should be changed, and whenever somebody who knew the passphrase leaves. */
const YEAR = 365 * 86_400_000

const day = (at: string): string => at.slice(0, 10)

/** `lanh keys status`: which keys there are, since when, and how much is under each. @returns 1 when something is due */
export const statusCommand = (settings: Settings): Promise<number> =>
  withVault(settings, async ({ keys, vault }) => {
    const all = await keys.keys()
    const usage = await vault.usage()
    let due = 0
    for (const purpose of PURPOSES) {
      const versions = all.filter((one) => one.purpose === purpose)
      for (const { version, made } of versions) {
        const isNewest = version === versions.at(-1)?.version
        const isOld = isNewest && Date.now() - Date.parse(made) > YEAR
        if (isOld) due += 1
        const wrapped = purpose === 'records' ? `, ${usage.get(version) ?? 0} data keys under it` : ''
        console.log(
          `${purpose} ${version}, of ${day(made)}${isNewest ? ', in use' : ''}${wrapped}${isOld ? ': DUE for rotation' : ''}`,
        )
      }
    }
    if (!keys.sealed) console.log('NOT SEALED: set LANH_KEY_PASSPHRASE_FILE and start lanh again')
    return due > 0 || !keys.sealed ? 1 : 0
  })

/** `lanh keys rotate`: new keys, and every data key under them; a running lanh takes them by itself. */
export const rotateCommand = (settings: Settings): Promise<number> =>
  withVault(settings, async ({ keys, vault, told }) => {
    const all = [...(await vault.usage()).values()].reduce((sum, count) => sum + count, 0)
    const progress = new Progress('data keys')
    const { destroyOld } = settings
    await told('rotate begins')
    const { versions, rewrapped, broken, destroyed } = await rotateKeys(keys, vault, {
      destroyOld,
      onProgress: (done) => progress.at(done, all),
    })
    progress.end()
    const made = [...versions].map(([purpose, version]) => `${purpose} ${version}`).join(', ')
    await told(`rotate: ${made}${destroyed.length > 0 ? `; destroyed records ${destroyed.join(', ')}` : ''}`)
    console.log(`In use: ${made}. ${rewrapped} data keys wrapped anew.`)
    if (destroyed.length > 0)
      console.log(`Destroyed: records ${destroyed.join(', ')}. What is sealed in older backups opens no more.`)
    if (broken > 0) console.log(`${broken} data keys OPEN WITH NO KEY: somebody changed them in the database.`)
    return broken > 0 ? 1 : 0
  })

/** `lanh keys shred SUBJECT`: destroys the data keys of a record or of everything about a patient. */
export const shredCommand = (settings: Settings, words: readonly string[]): Promise<number> => {
  const [subject = '', more] = words
  if (!/^[A-Za-z_]+\/[A-Za-z0-9.-]{1,64}$/.test(subject) || more !== undefined)
    throw new WrongUse('lanh keys shred needs one record, such as Patient/123 or DocumentReference/9')
  return withVault(settings, async ({ vault, audit }) => {
    const { keys, contents } = await vault.shred(subject, () =>
      audit({
        action: 'erase',
        entities: [{ reference: subject }],
        patients: subject.startsWith('Patient/') ? [subject] : [],
        reason: 'shred',
      }),
    )
    console.log(
      keys === 0
        ? `Nothing sealed belongs to ${subject}`
        : `${keys} data keys are destroyed, ${contents} contents open no more.\n` +
            'Backups made before still have them: lanh keys rotate --destroy-old makes those useless too.',
    )
    return keys === 0 ? 1 : 0
  })
}

/** `lanh keys passphrase`: seals the key file anew. The words come from standard input: others see the command line. */
export const passphraseCommand = (settings: Settings): Promise<number> =>
  withVault(settings, async ({ keys, told }) => {
    const words = await askFor('New passphrase: ')
    await told('passphrase begins')
    await keys.reseal(words)
    await told('passphrase changed')
    console.log('The key file is sealed with it. Put it where LANH_KEY_PASSPHRASE_FILE points, and start lanh again.')
    return 0
  })

/** `lanh keys recovery --out FILE`: a copy for the safe, and a half of its code for each of two officers. */
export const recoveryCommand = (settings: Settings): Promise<number> => {
  const { out } = settings
  if (out === '') throw new WrongUse('lanh keys recovery needs --out FILE')
  return withVault(settings, async ({ keys, told }) => {
    const { text, halves } = await keys.recoveryCopy()
    await told('recovery copy')
    await writeWhole(out, text)
    console.log(`${out} opens with both halves, joined by a hyphen, as LANH_KEY_PASSPHRASE. Written down nowhere else:`)
    for (const [n, half] of halves.entries()) console.log(`  officer ${n + 1}: ${half}`)
    return 0
  })
}

interface AtWork {
  readonly keys: Awaited<ReturnType<typeof openKeys>>
  readonly vault: Vault
  readonly audit: (
    facts: Pick<AuditFacts, 'action' | 'entities' | 'patients'> & { readonly reason: string },
  ) => Promise<void>
  /** what was done with keys, into the audit log */
  readonly told: (what: string) => Promise<void>
}

const withVault = (settings: Settings, work: (at: AtWork) => Promise<number>): Promise<number> =>
  withHospital(settings, async ({ database }: Hospital) => {
    const keys = await openKeys(settings)
    const vault = openVault(database.connection, keys)
    const log = openAuditLog(database.connection)
    const audit: AtWork['audit'] = (facts) => log.append(auditEntry({ ...BY_COMMAND, ...facts, at: now() }))
    const told: AtWork['told'] = (reason) => audit({ action: 'key-change', entities: [], patients: [], reason })
    try {
      return await work({ keys, vault, audit, told })
    } catch (fault) {
      throw fault instanceof KeyProblem ? new WrongUse(fault.message) : fault
    } finally {
      await Promise.all([vault.close(), log.close()])
    }
  })

const now = (): string => new Date().toISOString()

/** Whoever may run a command on the server's machine is no account: the log says that it was done there. */
const BY_COMMAND: Omit<AuditFacts, 'at' | 'action' | 'entities' | 'patients'> = {
  outcome: 'success',
  agent: {
    account: null,
    reference: 'Device/lanh',
    roles: [],
    client: null,
    session: null,
    network: 'command line',
    purpose: 'HSYSADMIN',
  },
  request: 'lanh keys',
}

async function askFor(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: false })
  try {
    process.stderr.write(question)
    for await (const line of lines) return line
    return ''
  } finally {
    lines.close()
  }
}
