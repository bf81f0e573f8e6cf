import { codeSystems, identifierSystems } from '#fhir/naming'
import type { Coverage, Identifier, Patient } from '#fhir/r4'

type Kind = 'patientCode' | 'personalId' | 'insuranceCard'

/** Records from elsewhere name the kind by the standard's type code instead of our system. @source http://hl7.org/fhir/R4/valueset-identifier-type.html */
const TYPE_CODES: Readonly<Record<Kind, readonly string[]>> = {
  patientCode: ['MR', 'PI'],
  personalId: ['NI', 'SS'],
  insuranceCard: ['HC', 'SN'],
}

const isCurrent = (identifier: Identifier): boolean =>
  identifier.use !== 'old' && Boolean(identifier.value) && !identifier.period?.end

const hasType = (identifier: Identifier, codes: readonly string[]): boolean =>
  identifier.type?.coding?.some(
    ({ system, code = '' }) => system === codeSystems.identifierType && codes.includes(code),
  ) ?? false

/** The current number of a kind: by our system, else by the standard's type code. */
export function numberOf(identifiers: readonly Identifier[] | undefined, kind: Kind): string | undefined {
  const current = identifiers?.filter(isCurrent) ?? []
  const bySystem = current.find((one) => one.system === identifierSystems[kind])
  return (bySystem ?? current.find((one) => hasType(one, TYPE_CODES[kind])))?.value
}

/** The hospital's own code; the record's id where no code was given yet, because something must be read aloud. */
export const patientCode = (patient: Patient): string => numberOf(patient.identifier, 'patientCode') ?? patient.id ?? ''

/** Number of the insurance card, on the coverage or on the patient. */
export const insuranceCard = (coverage: Coverage | undefined, patient?: Patient): string | undefined =>
  numberOf(coverage?.identifier, 'insuranceCard') ??
  coverage?.subscriberId ??
  numberOf(patient?.identifier, 'insuranceCard')
