import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { type Logger, pino } from 'pino'
import type { RecordStore } from '#foundation/record-store'
import { DEFAULT_PATIENTS } from '#testing/demo-hospital'
import { openSecurity } from './access/index.ts'
import { buildApp } from './app.ts'
import { buildScreens, SCREENS } from './build-screens.ts'
import { openTls } from './defences/index.ts'
import { hasDemoHospital } from './fill-demo-hospital.ts'
import { Ended, type Ending, listenForEnding } from './ending.ts'
import { destinationsOf, openSending, runSending, type SendingDesk } from './insurance/portal/index.ts'
import { openHospital } from './open-hospital.ts'
import { runApart } from './run-apart.ts'
import { isLoopback, type Settings, WrongUse } from './settings.ts'

/** How to close each part, in the order in which they were opened. */
type Opened = (() => Promise<unknown>)[]

/** `lanh start`: everything up, the address printed, and down again in the opposite order when asked to. */
export async function startCommand(settings: Settings): Promise<number> {
  const ending = listenForEnding()
  const opened: Opened = []
  const lost = Promise.withResolvers<never>()
  // Whatever nobody caught ends us, but in order: PostgreSQL is stopped, not left behind.
  for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, lost.reject)
  const work = bringUp(settings, opened, ending, lost.reject)
  try {
    await ending.during(Promise.race([work, lost.promise]))
    await Promise.race([ending.wished, lost.promise])
  } catch (error) {
    if (!(error instanceof Ended)) throw error
  } finally {
    await closeAll(opened)
    // The step that was under way ends too, and may have opened something.
    await work.catch(() => undefined)
    await closeAll(opened)
  }
  return 0
}

async function closeAll(opened: Opened): Promise<void> {
  for (let close = opened.pop(); close; close = opened.pop()) await close()
}

async function bringUp(
  settings: Settings,
  opened: Opened,
  ending: Ending,
  onLost: (problem: Error) => void,
): Promise<void> {
  refuseOpenDoors(settings)
  const port = await freePort(settings)
  // A wrong account is said before the minute of work that a first start is.
  destinationsOf(settings, process.env)
  const log = pino({ level: settings.log }, pino.destination(2))
  console.log('Starting PostgreSQL …')
  const hospital = await openHospital(settings, { log, asGuest: false, onLost })
  opened.push(hospital.close)
  ending.check()
  if (settings.demo) await fillOnce(settings, hospital.store, opened)
  ending.check()
  await buildScreens({ onBegin: () => console.log('Building the screens …'), signal: ending.signal })
  ending.check()
  const sending = openSending(hospital.store, settings, process.env)
  const tls = await openTls({ settings, onProblem: (sentence) => log.error(sentence) })
  opened.push(tls.close)
  const { certificate } = tls
  const scheme = certificate === null ? 'http' : 'https'
  const origin = settings.origin || `${scheme}://${urlHost(settings.host)}:${port}`
  const security = settings.auth
    ? await openSecurity({ settings, hospital, origin, log, print: (line) => console.log(line) })
    : null
  if (security) opened.push(security.close)
  const app = await buildApp({
    store: hospital.store,
    screens: SCREENS,
    log,
    sending,
    ...(settings.origin && { base: `${settings.origin}/fhir/R4` }),
    ...(security && { security }),
    ...(certificate && { certificate }),
    load: {},
  })
  opened.push(() => app.close())
  if (sending.portal) opened.push(sendFrom(sending, log))
  await app.listen({ port, host: settings.host }).catch((error: unknown) => {
    throw asUsedPort(error, settings)
  })
  await tls.start(app)
  console.log(`Lành is ready: ${origin}   (FHIR: ${origin}/fhir/R4, end it with Ctrl-C)`)
  if (security === null) console.log('Without sign-in: whoever reaches this address sees and changes everything.')
  const link = settings.demo ? null : await security?.firstLink()
  if (link)
    console.log(
      `Nobody has an account yet. Make the first administrator here, once and within a day:\n  ${origin}${link}`,
    )
}

/** Passkeys need a name: an address of the loopback is called by its own. */
const urlHost = (host: string): string => (isLoopback(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host)

/** What has no sign-in, or one of a single click, is not for a network. */
function refuseOpenDoors({ host, demo, auth, origin }: Settings): void {
  if (!isLoopback(host) && (demo || !auth)) {
    throw new WrongUse(
      `--host ${host} needs sign-in: with ${demo ? '--demo' : '--no-auth'} anybody on the network could read every record`,
    )
  }
  if (!isLoopback(host) && origin === '') {
    throw new WrongUse(`--host ${host} needs LANH_ORIGIN: the address that people open, such as https://emr.example.vn`)
  }
}

/** How long an answer of a portal is waited for at the end; one that comes later is known as not having come. */
const LAST_ANSWER = 3000

/** Begins to send what is due. @returns how to end it */
function sendFrom(sending: SendingDesk, log: Logger): () => Promise<void> {
  const stop = new AbortController()
  // A fault of sending says nothing about a patient: its message has no data in it.
  const running = runSending(sending, stop.signal, (fault) => log.error(fault, 'sending dossiers'))
  return () => {
    stop.abort()
    return Promise.race([running, pause(LAST_ANSWER, undefined, { ref: false })])
  }
}

async function fillOnce({ data }: Settings, store: RecordStore, opened: Opened): Promise<void> {
  if (await hasDemoHospital(store)) return
  console.log('Filling the demo hospital, all of whose people are invented …')
  const filling = runApart(['demo', '--demo', '--data', data, '--patients', String(DEFAULT_PATIENTS)])
  opened.push(filling.stop)
  await filling.done
}

/**
 * The port it will listen on; any free one for 0. Said before the minute of work that a first start is.
 * @throws WrongUse where it is used
 */
const freePort = (settings: Settings): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error) => reject(asUsedPort(error, settings)))
    probe.listen(settings.port, settings.host, () => {
      const address = probe.address()
      const port = typeof address === 'object' && address !== null ? address.port : settings.port
      probe.close(() => resolve(port))
    })
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
