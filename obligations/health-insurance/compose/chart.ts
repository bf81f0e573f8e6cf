/** One visit as a chart has it: what belongs to it, and what its references point to. */
import { codeSystems, identifierSystems } from '#fhir/naming'
import type {
  ChargeItem,
  Coverage,
  Encounter,
  FhirResource,
  Identifier,
  Location,
  Organization,
  Patient,
  Practitioner,
  PractitionerRole,
  Reference,
} from '#fhir/r4'
import { insuranceSystems } from '../mapping/code-systems.ts'
import { codeOf } from '../mapping/parts.ts'

/** What a dossier is composed from. */
export interface Chart {
  /** id of the visit's Encounter; those that are part of it belong to it */
  readonly encounter: string
  /** the patient, the visit and everything that they refer to, in any order; what belongs to other visits is passed over */
  readonly resources: readonly FhirResource[]
  /** NGAYLAP of the envelope, yyyyMMdd */
  readonly made: string
  /** the cards are those of the visit already: none is left out for its dates */
  readonly everyCard?: true
}

type OfType<T extends FhirResource['resourceType']> = Extract<FhirResource, { resourceType: T }>

/** What the tables of one visit share. */
export interface ChartVisit {
  readonly encounter: Encounter
  /** the visit's own first, then its parts as they began */
  readonly encounters: readonly Encounter[]
  readonly patient: Patient | undefined
  /** cards that hold during the visit, as they begin */
  readonly coverages: readonly Coverage[]
  readonly facility: Organization | undefined
  /** licence of who signs for the facility; undefined where nobody is named */
  readonly signatory: string | undefined
  /** lines of the bill, as they occurred */
  readonly charges: readonly ChargeItem[]
  readonly all: <T extends FhirResource['resourceType']>(type: T) => readonly OfType<T>[]
  /** resources of a type that belong to this visit */
  readonly of: <T extends FhirResource['resourceType']>(type: T) => readonly OfType<T>[]
  readonly at: <T extends FhirResource['resourceType']>(
    type: T,
    reference: Reference | undefined,
  ) => OfType<T> | undefined
  /** numbers of practising licences, joined; undefined where nobody has one */
  readonly licences: (references: readonly (Reference | undefined)[]) => string | undefined
  /** code of the department that a place or unit belongs to */
  readonly departmentOf: (reference: Reference | undefined) => string | undefined
}

export const identifierOf = (identifiers: readonly Identifier[] | undefined, system: string): string | undefined =>
  identifiers?.find((each) => each.system === system)?.value

/** `Type/id`, whether the reference is relative, absolute or to a version. */
const keyOf = ({ reference = '' }: Reference): string =>
  reference
    .replace(/\/_history\/.*$/, '')
    .split('/')
    .slice(-2)
    .join('/')

export const referenceTo = ({ resourceType, id }: FhirResource): string => `${resourceType}/${id ?? ''}`

/** @returns null where the chart does not have the visit */
export function chartVisit({ encounter: id, resources, everyCard }: Chart): ChartVisit | null {
  const byKey = new Map(resources.map((resource) => [referenceTo(resource), resource]))
  const byType = Map.groupBy(resources, ({ resourceType }) => resourceType)
  const all = <T extends FhirResource['resourceType']>(type: T) =>
    (byType.get(type) ?? []) as readonly FhirResource[] as readonly OfType<T>[]
  const at = <T extends FhirResource['resourceType']>(type: T, reference: Reference | undefined) => {
    const found = reference && byKey.get(keyOf(reference))
    return found?.resourceType === type ? (found as OfType<T>) : undefined
  }
  const encounter = all('Encounter').find((each) => each.id === id)
  if (!encounter) return null
  const encounters = encountersOf(encounter, all('Encounter'))
  const own = new Set(encounters.map(referenceTo))
  const isOwn = (resource: FhirResource): boolean => {
    const { encounter: inside, context } = resource as { encounter?: Reference; context?: Reference }
    return [inside, context].some((reference) => reference?.reference !== undefined && own.has(keyOf(reference)))
  }
  const ownByType = new Map<string, readonly FhirResource[]>()
  const of = <T extends FhirResource['resourceType']>(type: T) => {
    const known = ownByType.get(type) ?? all(type).filter(isOwn)
    ownByType.set(type, known)
    return known as readonly OfType<T>[]
  }
  const patient = at('Patient', encounter.subject)
  const facility = facilityOf(encounter, at)
  return {
    encounter,
    encounters,
    patient,
    coverages: coveragesOf(all('Coverage'), patient, everyCard ? {} : encounter),
    facility,
    signatory: signatoryOf(all('PractitionerRole'), facility, at),
    charges: of('ChargeItem').filter(isCharged).toSorted(inOrder),
    all,
    of,
    at,
    licences: (references) => licencesOf(references, at),
    departmentOf: (reference) => departmentOf(reference, at, 0),
  }
}

type At = ChartVisit['at']

function encountersOf(encounter: Encounter, all: readonly Encounter[]): readonly Encounter[] {
  const self = referenceTo(encounter)
  const parts = all.filter(({ partOf }) => partOf && keyOf(partOf) === self)
  return [encounter, ...parts.toSorted((a, b) => compare(a.period?.start, b.period?.start))]
}

const compare = (a = '', b = ''): number => (a < b ? -1 : a > b ? 1 : 0)

const CHARGED: ReadonlySet<string> = new Set(['billable', 'billed'])
const isCharged = ({ status }: ChargeItem): boolean => CHARGED.has(status)

export const occurredOf = ({ occurrenceDateTime, occurrencePeriod }: ChargeItem): string | undefined =>
  occurrenceDateTime ?? occurrencePeriod?.start

const inOrder = (a: ChargeItem, b: ChargeItem): number => compare(occurredOf(a), occurredOf(b)) || compare(a.id, b.id)

/** Units are part of others; whoever builds a circle of them gets no endless search. */
const DEEPEST = 8

function facilityOf({ serviceProvider }: Encounter, at: At): Organization | undefined {
  let unit = at('Organization', serviceProvider)
  for (let deep = 0; unit && deep < DEEPEST; deep += 1) {
    if (identifierOf(unit.identifier, identifierSystems.facilityCode) !== undefined) return unit
    unit = at('Organization', unit.partOf)
  }
  return undefined
}

function departmentOf(reference: Reference | undefined, at: At, deep: number): string | undefined {
  const place: Location | Organization | undefined = at('Location', reference) ?? at('Organization', reference)
  if (!place || deep > DEEPEST) return undefined
  const code = identifierOf(place.identifier, identifierSystems.departmentCode)
  if (code !== undefined) return code
  const managing = place.resourceType === 'Location' ? place.managingOrganization : undefined
  return departmentOf(managing, at, deep + 1) ?? departmentOf(place.partOf, at, deep + 1)
}

/** Cards of the patient whose time meets the visit's; one without dates is taken, the check asks for them. */
function coveragesOf(
  all: readonly Coverage[],
  patient: Patient | undefined,
  { period }: Pick<Encounter, 'period'>,
): readonly Coverage[] {
  const [from, until] = [period?.start?.slice(0, 10) ?? '', period?.end?.slice(0, 10) ?? '9999']
  return all
    .filter(({ status, beneficiary }) => status === 'active' && patient && keyOf(beneficiary) === referenceTo(patient))
    .filter((card) => cardOf(card) !== undefined)
    .filter((card) => (card.period?.start ?? '') <= until && (card.period?.end?.slice(0, 10) ?? '9999') >= from)
    .toSorted((a, b) => compare(a.period?.start, b.period?.start) || compare(a.id, b.id))
}

export const cardOf = ({ identifier, subscriberId }: Coverage): string | undefined =>
  identifierOf(identifier, identifierSystems.insuranceCard) ?? subscriberId

/** Who signs papers of the insurance for the facility. */
export const SIGNATORY = 'insurance-signatory'

function signatoryOf(
  roles: readonly PractitionerRole[],
  facility: Organization | undefined,
  at: At,
): string | undefined {
  const role = roles.find(
    ({ code, organization, active }) =>
      active !== false &&
      facility !== undefined &&
      at('Organization', organization) === facility &&
      code?.some((concept) => codeOf(concept, codeSystems.staffRole) === SIGNATORY),
  )
  return role && licenceOf(at('Practitioner', role.practitioner))
}

/** The licence as a number of the person, or as what a qualification is known by. */
const licenceOf = (person: Practitioner | undefined): string | undefined =>
  identifierOf(person?.identifier, identifierSystems.practisingLicence) ??
  person?.qualification
    ?.map(({ identifier }) => identifierOf(identifier, identifierSystems.practisingLicence))
    .find((number) => number !== undefined)

function licencesOf(references: readonly (Reference | undefined)[], at: At): string | undefined {
  const numbers = references.flatMap((reference) => {
    const person = at('Practitioner', reference) ?? at('Practitioner', at('PractitionerRole', reference)?.practitioner)
    return licenceOf(person) ?? identifierIn(reference) ?? []
  })
  return numbers.length > 0 ? [...new Set(numbers)].join(';') : undefined
}

/** A reference may say the number and no more. */
const identifierIn = (reference: Reference | undefined): string | undefined =>
  reference?.identifier?.system === identifierSystems.practisingLicence ? reference.identifier.value : undefined

/** The bed that a place is. */
export const bedOf = (place: Location | undefined): string | undefined =>
  identifierOf(place?.identifier, insuranceSystems.bed)
