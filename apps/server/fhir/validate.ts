/** @source http://hl7.org/fhir/R4/resource-operation-validate.html */
import { type Refusal, toOperationOutcome } from '#fhir/outcome'
import { refused } from './answers.ts'
import { type Content, readContent } from './content.ts'
import type { Answer, Exchange } from './exchange.ts'
import { isError, resourceOf } from './intake.ts'
import { type Parameters, parseQuery } from './query.ts'
import { httpRefusal } from './refusals.ts'

/** Says what would be refused, without storing anything. The resource may come as it is or inside Parameters. */
export async function validateOperation(exchange: Exchange): Promise<Answer> {
  const content = readContent(exchange)
  if (!content.ok) return refused(content.refusals)
  const subject = subjectOf(content.value)
  const resource = resourceOf(subject)
  if (!resource.ok) return refused(resource.refusals)
  const query = parseQuery(exchange.query)
  if (!query.ok) return refused(query.refusals)
  const profiles = [...query.value, ...primitivesIn(content.value.value)].flatMap(([name, value]) =>
    name === 'profile' ? [value] : [],
  )
  const wrongType = exchange.target.type !== '' && resource.value.resourceType !== exchange.target.type
  const findings = [
    ...(wrongType ? [httpRefusal('FHIR-HTTP-7')] : []),
    ...(await exchange.check(subject.value, profiles)),
  ]
  const issues = findings.some(isError) ? findings : [...findings, ALL_WELL]
  return { status: 200, body: JSON.stringify(toOperationOutcome(issues)) }
}

const ALL_WELL: Refusal = {
  rule: 'FHIR-HTTP-0',
  severity: 'information',
  code: 'informational',
  message: { vi: 'Không có lỗi', en: 'No errors' },
}

interface ParameterLike {
  readonly name?: unknown
  readonly resource?: unknown
  readonly valueUri?: unknown
  readonly valueCanonical?: unknown
}

function parametersIn(content: unknown): readonly (ParameterLike | null)[] | undefined {
  const value = content as { readonly resourceType?: unknown; readonly parameter?: unknown } | null
  return value?.resourceType === 'Parameters' && Array.isArray(value.parameter) ? value.parameter : undefined
}

function subjectOf(content: Content): Content {
  const parameter = parametersIn(content.value)?.find((one) => one?.name === 'resource')
  return parameter?.resource === undefined ? content : { ...content, value: parameter.resource }
}

const primitivesIn = (content: unknown): Parameters =>
  (parametersIn(content) ?? []).flatMap((one) => {
    const value = one?.valueUri ?? one?.valueCanonical
    return typeof one?.name === 'string' && typeof value === 'string' ? [[one.name, value] as const] : []
  })
