/** A believable hospital of invented people: for demonstrations, tests and load. See docs/guide/demo-hospital.md. */
export { bundleText } from './bundle-text.ts'
export { type DemoDossier, demoDossiers, type InsuredPerson } from './demo-dossiers.ts'
export { DEFAULT_PATIENTS, DEFAULT_TODAY, demoHospital, type DemoHospitalOptions } from './demo-hospital.ts'
export { specialPatients, type SpecialPatient } from './special-patients.ts'
