/** When too much is asked, what can wait is told to come again, so that whoever stands at a bed is answered. */
import underPressure from '@fastify/under-pressure'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { no, toOperationOutcome } from '#fhir/outcome'
import { urgencyOf } from './urgency.ts'

export interface LoadOptions {
  /** ms that a turn of the event loop waits on average when the server counts as busy */
  readonly busy?: number
  /** ms between two looks */
  readonly lookedAt?: number
  /** requests that can wait and are under way at the same time; more of them would only queue for the database */
  readonly mostAtOnce?: number
}

/** From so many times `busy` on, only what is vital is answered. */
const DROWNING = 4

/** Seconds until a client comes again: not all of them in the same one. */
const comeAgain = (): string => String(1 + Math.floor(Math.random() * 5))

const BUSY = no('LOAD-1', 'transient', {
  vi: 'Máy chủ đang quá tải nên ưu tiên việc khám chữa bệnh; hãy thử lại sau vài giây',
  en: 'The server has too much to do and answers urgent care first; try again in a few seconds',
})

/** Registers it on `app`, before routes are registered. */
export async function shedLoad(app: FastifyInstance, options: LoadOptions = {}): Promise<void> {
  const { busy = 300, lookedAt = 250, mostAtOnce = 512 } = options
  let waiting = 0
  // It measures; who is turned away is decided below, once for all reasons.
  await app.register(underPressure, {
    maxEventLoopDelay: busy,
    sampleInterval: lookedAt,
    pressureHandler: () => undefined,
  })
  app.addHook('onRequest', (request, reply, done) => {
    const urgency = urgencyOf(request)
    if (urgency === 'vital') return done()
    const delay = app.memoryUsage().eventLoopDelay
    const canWait = urgency === 'can-wait'
    if (delay > (canWait ? busy : busy * DROWNING) || (canWait && waiting >= mostAtOnce)) {
      void reply.send(turnAway(reply, request.url))
      return
    }
    if (canWait) {
      waiting += 1
      // Also when the client went away meanwhile.
      reply.raw.once('close', () => (waiting -= 1))
    }
    done()
  })
}

/** @returns the body */
function turnAway(reply: FastifyReply, url: string): string {
  reply.code(503).header('retry-after', comeAgain()).header('cache-control', 'no-store')
  if (url.startsWith('/fhir')) {
    reply.type('application/fhir+json; charset=utf-8')
    return JSON.stringify(toOperationOutcome([BUSY]))
  }
  reply.type('application/json; charset=utf-8')
  return JSON.stringify({ rule: BUSY.rule, ...BUSY.message })
}
