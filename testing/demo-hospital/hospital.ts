import type {
  BundleEntry,
  HealthcareService,
  Location,
  Organization,
  Practitioner,
  PractitionerRole,
  Reference,
} from 'fhir/r4.js'
import { codeSystems, identifierSystems } from '#fhir/naming'
import { entryOf } from './entry.ts'
import { personName } from './person-name.ts'
import { seeded, type Random } from './random.ts'
import { departmentRows, type DepartmentKey, type DepartmentRow } from './tables/departments.ts'

/** A member of staff as records refer to them. */
export interface Staff {
  readonly reference: Reference
  readonly name: string
}

/** A room or bed as stays refer to it. */
export interface Place {
  readonly reference: Reference
  readonly name: string
}

export interface Department {
  readonly key: DepartmentKey
  readonly name: string
  readonly organization: Reference
  readonly area: Place
  readonly rooms: ReadonlyMap<string, Place>
  readonly beds: readonly Place[]
  readonly doctors: readonly Staff[]
  readonly nurses: readonly Staff[]
}

/** The facts of the hospital that patients' records point to, and the entries that make them. */
export interface Hospital {
  readonly reference: Reference
  readonly name: string
  readonly departments: Readonly<Record<DepartmentKey, Department>>
  readonly entries: readonly BundleEntry[]
}

const HOSPITAL_ID = 'benh-vien'
export const HOSPITAL_NAME = 'Bệnh viện Đa khoa Bình An (mô phỏng)'
const STAFF_STREAM = 7

const department = (row: DepartmentRow): Organization => ({
  resourceType: 'Organization',
  id: `khoa-${row.key}`,
  identifier: [{ use: 'official', system: identifierSystems.departmentCode, value: row.code }],
  active: true,
  type: [
    {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/organization-type',
          code: 'dept',
          display: 'Hospital Department',
        },
        { system: codeSystems.department, code: row.code, display: row.name.replace(/^Khoa /, '') },
      ],
    },
  ],
  name: row.name,
  partOf: { reference: `Organization/${HOSPITAL_ID}`, display: HOSPITAL_NAME },
})

const organization = (): Organization => ({
  resourceType: 'Organization',
  id: HOSPITAL_ID,
  meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HTEST' }] },
  identifier: [
    { use: 'official', system: identifierSystems.facilityCode, value: '00001' },
    { use: 'official', system: identifierSystems.facilityLicence, value: '000001/BYT-GPHĐ' },
  ],
  active: true,
  type: [
    {
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/organization-type',
          code: 'prov',
          display: 'Healthcare Provider',
        },
      ],
    },
  ],
  name: HOSPITAL_NAME,
  alias: ['Bệnh viện Bình An'],
  telecom: [{ system: 'phone', value: '0950000000', use: 'work' }],
  address: [
    {
      use: 'work',
      text: 'Số 1 phố Bình An, Phường Láng, Thành phố Hà Nội',
      line: ['Số 1 phố Bình An'],
      city: 'Phường Láng',
      state: 'Thành phố Hà Nội',
      country: 'VN',
    },
  ],
})

/** v3 physical types: wing, room, bed. @source http://hl7.org/fhir/R4/codesystem-location-physical-type.html */
const physicalTypes = { area: ['wi', 'Wing'], room: ['ro', 'Room'], bed: ['bd', 'Bed'] } as const

function location(
  id: string,
  name: string,
  kind: keyof typeof physicalTypes,
  row: DepartmentRow,
  partOf?: string,
): Location {
  const [code, display] = physicalTypes[kind]
  const system = 'http://terminology.hl7.org/CodeSystem/location-physical-type'
  return {
    resourceType: 'Location',
    id,
    status: 'active',
    name,
    mode: 'instance',
    physicalType: { coding: [{ system, code, display }] },
    managingOrganization: { reference: `Organization/khoa-${row.key}`, display: row.name },
    ...(partOf && { partOf: { reference: `Location/${partOf}` } }),
  }
}

/** Area, clinic rooms, sick rooms of four beds each. */
function placesOf(row: DepartmentRow): Location[] {
  const area = location(`vt-${row.key}`, row.name, 'area', row)
  const rooms = row.rooms.map((name, index) => location(`vt-${row.key}-p${index + 1}`, name, 'room', row, area.id))
  const sickRooms = Array.from({ length: row.beds / 4 }, (_, index) =>
    location(`vt-${row.key}-b${index + 1}`, `Buồng ${index + 1}`, 'room', row, area.id),
  )
  const beds = Array.from({ length: row.beds }, (_, index) => {
    const room = Math.floor(index / 4) + 1
    return location(
      `vt-${row.key}-g${index + 1}`,
      `Giường ${index + 1}, buồng ${room}`,
      'bed',
      row,
      `vt-${row.key}-b${room}`,
    )
  })
  return [area, ...rooms, ...sickRooms, ...beds]
}

type Grade = 'doctor' | 'nurse'

/** What a member of staff is called before the name, and the role code. */
const grades = {
  doctor: {
    titles: ['BS.', 'BS.', 'BSCKI.', 'BSCKI.', 'BSCKII.', 'ThS.BS.', 'TS.BS.'],
    role: 'Bác sĩ',
    code: 'doctor',
  },
  nurse: { titles: ['ĐD.', 'CNĐD.'], role: 'Điều dưỡng', code: 'nurse' },
} as const

function practitioner(id: string, grade: Grade, number: number, random: Random): Practitioner {
  const gender = random.chance(grade === 'nurse' ? 0.15 : 0.55) ? 'male' : 'female'
  const name = personName(gender, '01', 1985, random)
  const { titles } = grades[grade]
  return {
    resourceType: 'Practitioner',
    id,
    identifier: [
      { use: 'secondary', system: identifierSystems.staffCode, value: `NV${String(number).padStart(4, '0')}` },
      {
        use: 'official',
        system: identifierSystems.practisingLicence,
        value: `${String(90_000 + number).padStart(6, '0')}/MP-GPHN`,
      },
    ],
    active: true,
    name: [
      { use: 'official', text: name.text, family: name.family, given: [...name.given], prefix: [random.pick(titles)] },
    ],
    gender,
  }
}

function role(who: Practitioner, grade: Grade, row: DepartmentRow): PractitionerRole {
  return {
    resourceType: 'PractitionerRole',
    id: `${who.id}-vt`,
    active: true,
    practitioner: { reference: `Practitioner/${who.id}`, display: staffName(who) },
    organization: { reference: `Organization/khoa-${row.key}`, display: row.name },
    code: [
      {
        coding: [{ system: codeSystems.staffRole, code: grades[grade].code, display: grades[grade].role }],
        text: grades[grade].role,
      },
    ],
    location: [{ reference: `Location/vt-${row.key}` }],
  }
}

const staffName = (who: Practitioner): string =>
  `${who.name?.[0]?.prefix?.[0] ?? ''} ${who.name?.[0]?.text ?? ''}`.trim()

const placeOf = (one: Location): Place => ({
  reference: { reference: `Location/${one.id}`, display: one.name },
  name: one.name ?? '',
})

const staffOf = (who: Practitioner): Staff => ({
  reference: { reference: `Practitioner/${who.id}`, display: staffName(who) },
  name: staffName(who),
})

function clinicService(place: Location): HealthcareService {
  return {
    resourceType: 'HealthcareService',
    id: place.id?.replace('vt-', 'dv-'),
    active: true,
    providedBy: { reference: `Organization/${HOSPITAL_ID}`, display: HOSPITAL_NAME },
    name: place.name?.replace('Phòng khám', 'Khám'),
    location: [{ reference: `Location/${place.id}`, display: place.name }],
    availableTime: [
      {
        daysOfWeek: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
        availableStartTime: '07:00:00',
        availableEndTime: '16:30:00',
      },
    ],
  }
}

/** Builds the hospital of a seed: the same departments, rooms and staff for every number of patients. */
export function buildHospital(seed: number): Hospital {
  const random = seeded(seed, STAFF_STREAM)
  const entries: BundleEntry[] = [entryOf(organization())]
  const departments: Partial<Record<DepartmentKey, Department>> = {}
  let number = 0
  for (const row of departmentRows) {
    const staff = (grade: Grade, count: number): Practitioner[] =>
      Array.from({ length: count }, () =>
        practitioner(`nv-${String((number += 1)).padStart(4, '0')}`, grade, number, random),
      )
    const doctors = staff('doctor', row.doctors)
    const nurses = staff('nurse', row.nurses)
    const places = placesOf(row)
    const clinics = row.key === 'clinic' ? places.slice(1).map(clinicService) : []
    const roles = [...doctors.map((who) => role(who, 'doctor', row)), ...nurses.map((who) => role(who, 'nurse', row))]
    entries.push(...[department(row), ...places, ...clinics, ...doctors, ...nurses, ...roles].map(entryOf))
    departments[row.key] = describe(row, places, doctors, nurses)
  }
  const reference = { reference: `Organization/${HOSPITAL_ID}`, display: HOSPITAL_NAME }
  return { reference, name: HOSPITAL_NAME, departments: departments as Record<DepartmentKey, Department>, entries }
}

function describe(row: DepartmentRow, places: Location[], doctors: Practitioner[], nurses: Practitioner[]): Department {
  const [area] = places.map(placeOf) as [Place]
  return {
    key: row.key,
    name: row.name,
    organization: { reference: `Organization/khoa-${row.key}`, display: row.name },
    area,
    rooms: new Map(places.slice(1, 1 + row.rooms.length).map((one) => [one.name ?? '', placeOf(one)])),
    beds: places.filter((one) => one.id?.startsWith(`vt-${row.key}-g`)).map(placeOf),
    doctors: doctors.map(staffOf),
    nurses: nurses.map(staffOf),
  }
}

/** A room by its name, else the whole department: a misspelt room still leaves a true place. */
export const roomOf = (department: Department, name: string): Place => department.rooms.get(name) ?? department.area
