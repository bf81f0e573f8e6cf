import type { AccessRequest, Reader } from './types.ts'

/** A doctor at a computer of the ward. */
export const aReader = (change: Partial<Reader> = {}): Reader => ({
  account: 'a1',
  agent: 'Practitioner/an',
  name: 'Nguyễn Văn An',
  roles: ['doctor'],
  departments: ['Organization/ward-3'],
  session: 's1',
  client: null,
  scopes: null,
  patients: null,
  purpose: 'TREAT',
  factors: 2,
  network: '10.0.0.7',
  ...change,
})

/** Reading an Observation of a patient of the doctor's own ward, on a Tuesday morning. */
export const aRequest = (change: Partial<AccessRequest> = {}, reader: Partial<Reader> = {}): AccessRequest => ({
  reader: aReader(reader),
  act: 'read',
  type: 'Observation',
  labels: [],
  ofPatient: true,
  relations: [{ kind: 'department', labels: ['SEX', 'EMP', 'CEL', 'R'], until: '2027-01-01T00:00:00Z' }],
  withinPatients: true,
  at: '2026-03-10T08:00:00+07:00',
  ...change,
})
