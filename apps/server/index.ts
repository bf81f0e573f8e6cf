/** The server as a value: for the command line, the tests and the bench. */
export { buildApp, type AppOptions } from './app.ts'
export { buildScreens, SCREENS } from './build-screens.ts'
export { fillDemoHospital, hasDemoHospital } from './fill-demo-hospital.ts'
export { openSending, runSending } from './insurance/portal/index.ts'
export { readSettings } from './settings.ts'
export { openHospital, type Hospital } from './open-hospital.ts'
export type * from './insurance/api.ts'
export type * from './insurance/card-api.ts'
