import { hash } from 'node:crypto'
import type { Claim, Encounter, FhirResource, Patient } from '#fhir/r4'
import {
  checkDossier,
  type Dossier,
  type Finding,
  type ReadDossier,
  readDossierFile,
  toResources,
} from '#obligations/health-insurance'
import { damaged, withoutVisit } from './file-findings.ts'
import { identify } from './identify.ts'

/** A dossier that was read, checked and mapped. */
export interface PreparedDossier {
  readonly dossier: Dossier
  readonly findings: readonly Finding[]
  readonly patient: Patient
  readonly claim: Claim
  readonly encounter: Encounter | undefined
  /** all of them, patient included */
  readonly resources: readonly FhirResource[]
}

export interface PreparedFile {
  readonly name: string
  readonly bytes: Uint8Array
  /** SHA-256, hex */
  readonly hash: string
  readonly dossiers: readonly PreparedDossier[]
  /** of the file as a whole */
  readonly findings: readonly Finding[]
}

export type Preparation =
  { readonly ok: true; readonly file: PreparedFile } | { readonly ok: false; readonly findings: readonly Finding[] }

/** The SHA-256 by which a file is known again, hex. */
export const hashOf = (bytes: Uint8Array): string => hash('sha256', bytes, 'hex')

/** Everything that can be known of a file without the store. The file is refused whole or prepared whole. */
export function prepareFile(name: string, bytes: Uint8Array): Preparation {
  const file = readDossierFile(bytes)
  if (!file.ok) return { ok: false, findings: file.refused }
  if (file.dossiers.some(({ dossier }) => dossier.visit.trim() === '')) return { ok: false, findings: [withoutVisit()] }
  const dossiers = file.dossiers.map(prepareDossier)
  if (dossiers.some((each) => each === null)) return { ok: false, findings: [damaged()] }
  return {
    ok: true,
    file: {
      name,
      bytes,
      hash: hashOf(bytes),
      dossiers: dossiers.filter((each) => each !== null),
      findings: file.findings,
    },
  }
}

/** @returns null where the dossier has no summary, so that there is nobody whose chart it could be */
export function prepareDossier({ dossier, findings }: ReadDossier): PreparedDossier | null {
  const mapped = mapDossier(dossier)
  return mapped && { dossier, findings: [...findings, ...checkDossier(dossier)], ...mapped }
}

type Mapped = Pick<PreparedDossier, 'patient' | 'claim' | 'encounter' | 'resources'>

/** @param patientId the chart the dossier belongs to, where it is not the one its own patient code leads to */
export function mapDossier(dossier: Dossier, patientId?: string): Mapped | null {
  const resources = toResources(dossier, (kind, ...parts) =>
    kind === 'Patient' && patientId !== undefined ? patientId : identify(kind, ...parts),
  )
  const ofType = <T extends FhirResource>(type: T['resourceType']): T | undefined =>
    resources.find((each): each is T => each.resourceType === type)
  const patient = ofType<Patient>('Patient')
  const claim = ofType<Claim>('Claim')
  return patient && claim ? { patient, claim, encounter: ofType<Encounter>('Encounter'), resources } : null
}
