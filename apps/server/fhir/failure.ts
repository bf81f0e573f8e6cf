import type { FastifyRequest } from 'fastify'
import { refused, refusedBy } from './answers.ts'
import type { Answer } from './exchange.ts'
import { httpRefusal, type HttpRule } from './refusals.ts'

/** What HTTP itself refuses before an interaction is reached, by the framework's codes. */
const FRAMEWORK: Readonly<Record<string, HttpRule>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'FHIR-HTTP-14',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'FHIR-HTTP-13',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'FHIR-HTTP-6',
  FST_ERR_CTP_EMPTY_TYPE: 'FHIR-HTTP-6',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'FHIR-HTTP-13',
  FST_ERR_CTP_INVALID_JSON_BODY: 'FHIR-HTTP-13',
  FST_ERR_BAD_URL: 'FHIR-HTTP-22',
}

/** PostgreSQL ended a statement that took longer than a reader's questions may. */
const CANCELLED = '57014'

/** PostgreSQL and the network saying that the database cannot be used now. */
const UNREACHABLE = /^(?:ECONNREFUSED|ENOENT|ECONNRESET|EPIPE|ETIMEDOUT|08...|57P0[123]|53...)$/

/**
 * The answer to a thrown fault. The log gets code and stack without the message, because a database's messages quote
 * values; the client gets the number of its request, to tell the engineer.
 */
export function failure(error: unknown, request: Pick<FastifyRequest, 'id' | 'log'>): Answer {
  const code = codeOf(error)
  const rule = Object.hasOwn(FRAMEWORK, code) ? FRAMEWORK[code] : undefined
  if (rule !== undefined) return refusedBy(rule)
  request.log.error({ code, stack: stackOf(error) }, 'fault')
  const answer = code === CANCELLED ? 'FHIR-HTTP-32' : isUnreachable(error) ? 'FHIR-HTTP-24' : 'FHIR-HTTP-20'
  return refused([httpRefusal(answer, String(request.id))])
}

const codeOf = (error: unknown): string => {
  const code = typeof error === 'object' && error !== null ? (error as { code?: unknown }).code : undefined
  return typeof code === 'string' ? code : ''
}

function isUnreachable(error: unknown): boolean {
  return (
    UNREACHABLE.test(codeOf(error)) ||
    (error instanceof Error && /^(?:Connection terminated|timeout)/.test(error.message))
  )
}

const stackOf = (error: unknown): string =>
  error instanceof Error
    ? [error.name, ...(error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))].join('\n')
    : ''
