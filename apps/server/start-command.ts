import { createServer } from 'node:net'
import { pino } from 'pino'
import { buildApp } from './app.ts'
import { buildScreens, SCREENS } from './build-screens.ts'
import { fillDemoHospital } from './fill-demo-hospital.ts'
import { Ended, listenForEnding } from './ending.ts'
import { openHospital } from './open-hospital.ts'
import { type Settings, WrongUse } from './settings.ts'

/** How many patients the demo hospital of `npm start` has; `lanh demo --patients N` makes more. */
const DEMO_PATIENTS = 200

/** `lanh start`: everything up, the address printed, and down again in the opposite order when asked to. */
export async function startCommand(settings: Settings): Promise<number> {
  const ending = listenForEnding()
  const open: (() => Promise<unknown>)[] = []
  let lost: Error | null = null
  try {
    await ending.during(
      bringUp(settings, open, (problem) => {
        lost = problem
        process.kill(process.pid, 'SIGTERM')
      }),
    )
    await ending.wished
  } catch (error) {
    if (!(error instanceof Ended)) throw error
  } finally {
    for (const close of open.toReversed()) await close()
  }
  if (lost) throw lost
  return 0
}

/** @param open receives how to close each part, in the order in which they were opened */
async function bringUp(
  settings: Settings,
  open: (() => Promise<unknown>)[],
  onLost: (problem: Error) => void,
): Promise<void> {
  await refuseUsedPort(settings)
  const log = pino({ level: settings.log }, pino.destination(2))
  console.log('Starting PostgreSQL …')
  const hospital = await openHospital(settings, { log, asGuest: false, onLost })
  open.push(hospital.close)
  if (settings.demo) await fillDemoHospital(hospital.store, DEMO_PATIENTS)
  await buildScreens()
  const app = await buildApp({ store: hospital.store, screens: SCREENS, log })
  open.push(() => app.close())
  await app.listen({ port: settings.port, host: settings.host }).catch((error: unknown) => {
    throw asUsedPort(error, settings)
  })
  const address = `http://${settings.host.includes(':') ? `[${settings.host}]` : settings.host}:${portOf(app)}`
  console.log(`Lành is ready: ${address}   (FHIR: ${address}/fhir/R4, end it with Ctrl-C)`)
}

function portOf(app: { server: { address(): unknown } }): number {
  const address = app.server.address()
  return typeof address === 'object' && address !== null && 'port' in address ? Number(address.port) : 0
}

/** Said before the minute of work that a first start is. */
const refuseUsedPort = (settings: Settings): Promise<void> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error) => reject(asUsedPort(error, settings)))
    probe.listen(settings.port, settings.host, () => probe.close(() => resolve()))
  })

const LISTEN_PROBLEMS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is used by another program: choose another one, for example --port 9000 (--port, LANH_PORT)',
  EACCES: 'may not be used by this user: choose one above 1023 (--port, LANH_PORT)',
}

function asUsedPort(error: unknown, { port }: Settings): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const sentence = LISTEN_PROBLEMS[code]
  return sentence ? new WrongUse(`port ${port} ${sentence}`) : error
}
