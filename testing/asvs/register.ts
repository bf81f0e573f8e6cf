/** The register of OWASP ASVS 5.0: what is claimed for each requirement, and the page that counts it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '../..')

/** What shows a claim: a test by (part of) its title, or a place in code or documents by some of its text. */
export interface Proof {
  readonly file: string
  readonly title?: string
  readonly code?: string
}

export type State = 'shown' | 'partly' | 'open'

export interface Entry {
  readonly id: string
  readonly level: 1 | 2
  readonly chapter: string
  readonly applies: boolean
  /** why it does not apply */
  readonly why?: string
  readonly state?: State
  /** how it is met, and what of it is not */
  readonly how?: string
  readonly tests?: readonly Proof[]
}

export const readRegister = (): readonly Entry[] =>
  JSON.parse(readFileSync(join(ROOT, 'docs/security/asvs.json'), 'utf8')) as readonly Entry[]

/** @returns the text that is to be in the file, and the file */
export const proofText = ({ title, code }: Proof): string => title ?? code ?? ''

const CHAPTERS: Readonly<Record<string, string>> = {
  V1: 'Encoding and sanitization',
  V2: 'Validation and business logic',
  V3: 'Web frontend',
  V4: 'API and web service',
  V5: 'File handling',
  V6: 'Authentication',
  V7: 'Session management',
  V8: 'Authorization',
  V9: 'Self-contained tokens',
  V10: 'OAuth and OIDC',
  V11: 'Cryptography',
  V12: 'Secure communication',
  V13: 'Configuration',
  V14: 'Data protection',
  V15: 'Secure coding and architecture',
  V16: 'Security logging and errors',
  V17: 'WebRTC',
}

const STATES: readonly State[] = ['shown', 'partly', 'open']

const countOf = (entries: readonly Entry[], state: State): number =>
  entries.filter((entry) => entry.applies && entry.state === state).length

/** Share of the applicable requirements that are shown. */
export function shareShown(entries: readonly Entry[]): number {
  const applicable = entries.filter(({ applies }) => applies)
  return countOf(applicable, 'shown') / applicable.length
}

/** The page `docs/security/asvs.md`. */
export function registerPage(entries: readonly Entry[]): string {
  const lines = Object.entries(CHAPTERS).map(([chapter, name]) => {
    const own = entries.filter((entry) => entry.chapter === chapter)
    const counts = STATES.map((state) => countOf(own, state))
    return `| ${chapter} ${name} | ${own.length} | ${own.filter(({ applies }) => !applies).length} | ${counts.join(' | ')} |`
  })
  const sums = STATES.map((state) => countOf(entries, state))
  const away = entries.filter(({ applies }) => !applies).length
  const rest = entries.filter(({ applies, state }) => applies && state !== 'shown')
  return [
    '# OWASP ASVS 5.0, levels 1 and 2',
    '',
    'Counted from [asvs.json](asvs.json), which has for each requirement whether it applies, how it is met, and the tests or',
    'places that show it; `testing/asvs/register.test.ts` holds that all of them exist. `LANH_DOCUMENTS=1` writes this page anew.',
    'What each requirement says is in the standard (OWASP, CC BY-SA 4.0).',
    '',
    '| chapter | requirements | do not apply | shown | partly | open |',
    '| --- | --- | --- | --- | --- | --- |',
    ...lines,
    `| **all** | ${entries.length} | ${away} | ${sums.join(' | ')} |`,
    '',
    `Of ${entries.length - away} that apply ${sums[0]} are shown: ${Math.floor(shareShown(entries) * 100)} %.`,
    '',
    '## Partly met and open',
    '',
    '| id | state | what is so, and what is missing |',
    '| --- | --- | --- |',
    ...rest.map(({ id, state, how }) => `| ${id} | ${state} | ${how} |`),
    '',
    '## Do not apply',
    '',
    '| id | why |',
    '| --- | --- |',
    ...entries.filter(({ applies }) => !applies).map(({ id, why }) => `| ${id} | ${why} |`),
    '',
  ].join('\n')
}
