import { identifierSystems } from '#fhir/naming'
import type { Device, FhirResource, Reference } from '#fhir/r4'
import { codeLists } from '../format/code-lists.ts'
import type { Dossier } from '../types.ts'
import { insuranceSystems } from './code-systems.ts'
import { codingOf, conceptOf, listOf, some, textIn } from './parts.ts'
import type { Identify, Named } from './table-mapping.ts'

type Maker = (id: string, code: string, name: string) => FhirResource

/** Codes of departments that a hospital added to start with the code of their kind. @source 5937/QĐ-BYT, phụ lục 5 */
function departmentName(code: string): string {
  const name = codeLists.MA_KHOA?.values[code.slice(0, 3)]?.replace(/ \(.*/, '')
  if (name === undefined) return `Khoa ${code}`
  return code.length === 3 ? `Khoa ${name}` : `Khoa ${name} (${code})`
}

const bedName = (code: string): string => `Giường ${code}`

const facilityName = (code: string): string => `Cơ sở ${code}`

/** What a reader is told of a code; what is not here goes by its code. */
const NAMES: Readonly<Partial<Record<keyof Named, (code: string) => string>>> = {
  departments: departmentName,
  beds: bedName,
  facilities: facilityName,
}

/** What a code is the number of, and what it becomes. Numbers of licences hold everywhere, others in their hospital. */
const MAKERS = {
  people: {
    type: 'Practitioner',
    everywhere: true,
    make: (id, value) => ({
      resourceType: 'Practitioner',
      id,
      identifier: [{ system: identifierSystems.practisingLicence, value }],
    }),
  },
  departments: {
    type: 'Location',
    everywhere: false,
    make: (id, value) => ({
      resourceType: 'Location',
      id,
      identifier: [{ system: identifierSystems.departmentCode, value }],
      name: departmentName(value),
    }),
  },
  beds: {
    type: 'Location',
    everywhere: false,
    make: (id, value) => ({
      resourceType: 'Location',
      id,
      identifier: [{ system: insuranceSystems.bed, value }],
      name: bedName(value),
      physicalType: { coding: [{ system: PHYSICAL, code: 'bd' }] },
    }),
  },
  machines: {
    type: 'Device',
    everywhere: false,
    make: (id, value) => ({
      resourceType: 'Device',
      id,
      identifier: [{ system: insuranceSystems.machine, value }],
      deviceName: [{ name: value, type: 'other' }],
    }),
  },
  implants: {
    type: 'Device',
    everywhere: false,
    make: (id, value, name) =>
      some<Device>({
        resourceType: 'Device',
        id,
        type: conceptOf(codingOf(insuranceSystems.supply, value), name),
        deviceName: [{ name, type: 'user-friendly-name' }],
      }),
  },
  facilities: {
    type: 'Organization',
    everywhere: true,
    make: (id, value) => ({
      resourceType: 'Organization',
      id,
      identifier: [{ system: identifierSystems.facilityCode, value }],
      name: facilityName(value),
    }),
  },
} as const satisfies Readonly<Record<keyof Named, { type: string; everywhere: boolean; make: Maker }>>

const PHYSICAL = 'http://terminology.hl7.org/CodeSystem/location-physical-type'

/** Behind a licence: treated from afar, or called in from another hospital. @source 3176/QĐ-BYT, MA_BAC_SI */
const FROM_ELSEWHERE = /\.(?:TX|HD)\.\w+$/i

/** Papers that say a doctor's name beside the licence. */
const SIGNED = [
  ['XML7', 'MA_BS', 'TEN_BS'],
  ['XML10', 'MA_BS', 'TEN_BS'],
] as const

/** Names of people by licence number, as far as the dossier says them. */
export const namesIn = ({ tables }: Dossier): ReadonlyMap<string, string> =>
  new Map(
    SIGNED.flatMap(([table, licence, name]) =>
      (tables[table] ?? []).flatMap(({ values }): [string, string][] => {
        const [code, said] = [values[licence]?.trim(), textIn(values[name])?.trim()]
        return code && said ? [[code, said]] : []
      }),
    ),
  )

/**
 * Gathers what is named by code: each becomes one resource, however often it is named.
 * @param names of people; they stand beside references only, since the next dossier may not say them
 */
export function gatherNamed(
  identify: Identify,
  facility: string,
  names: ReadonlyMap<string, string>,
): Named & { resources: () => FhirResource[] } {
  const found = new Map<string, { resource: FhirResource; reference: Reference }>()
  const gather =
    (kind: keyof Named) =>
    (codes: string | undefined, name?: string): Reference[] =>
      listOf(codes).flatMap((code) => (textIn(code) === undefined ? [] : [referenceTo(kind, code, name)]))
  const referenceTo = (kind: keyof Named, written: string, name: string | undefined): Reference => {
    const code = kind === 'people' ? written.replace(FROM_ELSEWHERE, '') || written : written
    const key = `${kind} ${code}`
    const known = found.get(key)
    if (known) return { ...known.reference }
    const { type, everywhere, make } = MAKERS[kind]
    const id = everywhere ? identify(type, kind, code) : identify(type, kind, facility, code)
    const display = textIn(name) ?? (kind === 'people' ? names.get(code) : NAMES[kind]?.(code)) ?? code
    const reference = { reference: `${type}/${id}`, display }
    found.set(key, { resource: make(id, code, display), reference })
    return { ...reference }
  }
  return {
    people: gather('people'),
    departments: gather('departments'),
    beds: gather('beds'),
    machines: gather('machines'),
    facilities: gather('facilities'),
    implants: gather('implants'),
    resources: () => [...found.values()].map(({ resource }) => resource),
  }
}
