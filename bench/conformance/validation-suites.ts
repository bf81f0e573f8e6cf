/** The published data against which base validation is measured, and the counting. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { validate, type ValidationOptions } from '#fhir/validation'
import { readTarGz } from './tar.ts'

const shared = fileURLToPath(new URL('../../../shared/data/', import.meta.url))
export const EXAMPLES = join(shared, 'fhir-r4-examples')
export const CASES = join(shared, 'fhir-validator-cases')
export const SYNTHEA = join(shared, 'synthea')

/** Is the data of a suite at hand? It is not part of the project. */
export const isPresent = (folder: string): boolean => existsSync(folder)

export interface Resource {
  readonly resourceType: string
  readonly id?: string
  readonly url?: string
  readonly entry?: readonly unknown[]
}

export interface Rejection {
  readonly name: string
  readonly rules: readonly string[]
}

export interface Acceptance {
  readonly total: number
  readonly rejected: readonly Rejection[]
  /** resources within, counting the entries of bundles */
  readonly resources: number
  readonly milliseconds: number
}

const isFault = ({ severity }: { readonly severity: string }) => severity === 'error' || severity === 'fatal'

/** The places and rules for which a resource is refused; none when it is accepted. */
export const faultsOf = (resource: unknown, options?: ValidationOptions): string[] =>
  validate(resource, options)
    .filter(isFault)
    .map(({ rule, at }) => `${rule} ${at ?? ''}`)

function acceptance(resources: Iterable<Resource>): Acceptance {
  const rejected: Rejection[] = []
  let [total, within, milliseconds] = [0, 0, 0]
  for (const resource of resources) {
    const from = performance.now()
    const rules = faultsOf(resource)
    milliseconds += performance.now() - from
    total++
    within += resource.entry?.length ?? 1
    if (rules.length > 0) rejected.push({ name: `${resource.resourceType}/${resource.id ?? '?'}`, rules })
  }
  return { total, rejected, resources: within, milliseconds }
}

const gunzipped = (folder: string, name: string) => gunzipSync(readFileSync(join(folder, name))).toString('utf8')
const filesIn = (folder: string, ending: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort()

/** How many of the examples published with R4 are accepted. */
export const examples = (): Acceptance =>
  acceptance(
    filesIn(EXAMPLES, '.ndjson.gz').flatMap((name) =>
      gunzipped(EXAMPLES, name)
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Resource),
    ),
  )

/** How many of the synthetic patients are accepted. Read one at a time: together they are large. */
export function syntheticPatients(limit = Infinity): Acceptance {
  const names = filesIn(SYNTHEA, '.json.gz').slice(0, limit)
  return acceptance(
    (function* () {
      for (const name of names) yield JSON.parse(gunzipped(SYNTHEA, name)) as Resource
    })(),
  )
}

interface Case {
  readonly name: string
  readonly file: string
  readonly module?: string
  readonly supporting?: readonly string[]
  readonly profiles?: readonly string[]
  readonly expected: Verdict
  readonly profile?: {
    readonly source: string
    readonly supporting?: readonly string[]
    readonly expected: Verdict
  }
}

interface Verdict {
  readonly java?: { readonly error: number }
}

export interface Judged {
  readonly name: string
  readonly module: string
  /** what the reference validator says */
  readonly valid: boolean
  /** what we say; undefined where the case is not JSON */
  readonly accepted: boolean | undefined
}

/**
 * Our verdict on each case of the reference validator: any error, or none.
 *
 * @param withSupport whether the definitions that a case brings along may be looked up, as the reference validator does
 */
export function judgeCases(withSupport: boolean): Judged[] {
  const cases = JSON.parse(gunzipped(CASES, 'cases.json.gz')) as readonly Case[]
  const files = readTarGz(readFileSync(join(CASES, 'files.tar.gz')))
  return cases.map(({ name, file, module, supporting = [], profiles = [], expected }) => {
    const definitions = withSupport
      ? definitionsIn([...supporting, ...profiles].map((each) => files.get(each)))
      : new Map()
    const find = (canonical: string): unknown => definitions.get(canonical) ?? definitions.get(canonical.split('|')[0]!)
    return {
      name,
      module: module ?? 'none',
      valid: expected.java?.error === 0,
      accepted: file.endsWith('.json') ? isAccepted(files.get(file), { find }) : undefined,
    }
  })
}

/** Our verdict on each case that is also judged by a profile; undefined where the profile is not JSON, or not there. */
export function judgeProfiles(): Judged[] {
  const cases = JSON.parse(gunzipped(CASES, 'cases.json.gz')) as readonly Case[]
  const files = readTarGz(readFileSync(join(CASES, 'files.tar.gz')))
  return cases.flatMap(({ name, file, module = 'none', supporting = [], profiles = [], profile }) => {
    if (profile?.expected.java === undefined) return []
    const named = [...supporting, ...profiles, ...(profile.supporting ?? []), profile.source]
    const definitions = definitionsIn(named.map((each) => files.get(each)))
    const find = (canonical: string): unknown => definitions.get(canonical) ?? definitions.get(canonical.split('|')[0]!)
    const source = parsed(files.get(profile.source)) as Resource | undefined
    const readable = source?.url !== undefined && file.endsWith('.json')
    const accepted = readable ? isAccepted(files.get(file), { find, profiles: [source.url!] }) : undefined
    return [{ name, module, valid: profile.expected.java.error === 0, accepted }]
  })
}

function isAccepted(text: string | undefined, options: ValidationOptions): boolean {
  const resource = parsed(text)
  return resource !== undefined && faultsOf(resource, options).length === 0
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse((text ?? '').replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}

function definitionsIn(texts: readonly (string | undefined)[]): Map<string, unknown> {
  const resources = texts.map(parsed) as (Resource | undefined)[]
  return new Map(resources.flatMap((each) => (each?.url === undefined ? [] : [[each.url, each] as const])))
}

/** Cases on which both agree, of those that we can read. */
export function agreement(judged: readonly Judged[]): { readonly agreed: number; readonly of: number } {
  const read = judged.filter(({ accepted }) => accepted !== undefined)
  return { agreed: read.filter(({ accepted, valid }) => accepted === valid).length, of: read.length }
}
