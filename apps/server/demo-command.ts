import { fillDemoHospital } from './fill-demo-hospital.ts'
import { withHospital } from './open-hospital.ts'
import { duration } from './progress.ts'
import type { Settings } from './settings.ts'

/** `lanh demo --patients N`: the demo hospital of any size. What is there already is not written again. */
export const demoCommand = (settings: Settings): Promise<number> =>
  withHospital(settings, async ({ store }) => {
    const { resources, seconds } = await fillDemoHospital(store, settings.patients, new Date())
    console.log(`${settings.patients} patients are there; ${resources} resources were added in ${duration(seconds)}`)
    return 0
  })
