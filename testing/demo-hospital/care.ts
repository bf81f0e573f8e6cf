import type { Reference } from 'fhir/r4.js'
import type { Department, Staff } from './hospital.ts'

/** Where and with whom things happen: what every order, result and note of one encounter shares. */
export interface Care {
  readonly encounter: Reference
  readonly department: Department
  readonly doctor: Staff
  readonly nurse: Staff
}
