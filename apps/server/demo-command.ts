import { fillDemoHospital } from './fill-demo-hospital.ts'
import { openHospital } from './open-hospital.ts'
import { plainLog } from './plain-log.ts'
import { duration } from './progress.ts'
import type { Settings } from './settings.ts'

/** `lanh demo --patients N`: the demo hospital of any size. What is there already is not written again. */
export async function demoCommand(settings: Settings): Promise<number> {
  const hospital = await openHospital(settings, { log: plainLog, asGuest: true })
  try {
    const { resources, seconds } = await fillDemoHospital(hospital.store, settings.patients)
    console.log(`${settings.patients} patients are there; ${resources} resources were added in ${duration(seconds)}`)
    return 0
  } finally {
    await hospital.close()
  }
}
