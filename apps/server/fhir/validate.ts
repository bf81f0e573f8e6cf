/** @source http://hl7.org/fhir/R4/resource-operation-validate.html */
import { type Refusal, toOperationOutcome } from '#fhir/outcome'
import { refused } from './answers.ts'
import { type Content, readContent } from './content.ts'
import type { Answer, Exchange } from './exchange.ts'
import { isError, resourceOf } from './intake.ts'
import { httpRefusal } from './refusals.ts'

/** Says what would be refused, without storing anything. The resource may come as it is or inside Parameters. */
export async function validateOperation(exchange: Exchange): Promise<Answer> {
  const content = readContent(exchange)
  if (!content.ok) return refused(content.refusals)
  const subject = subjectOf(content.value)
  const resource = resourceOf(subject)
  if (!resource.ok) return refused(resource.refusals)
  const wrongType = exchange.target.type !== '' && resource.value.resourceType !== exchange.target.type
  const findings = [...(wrongType ? [httpRefusal('FHIR-HTTP-7')] : []), ...(await exchange.check(subject.value))]
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
}

function subjectOf(content: Content): Content {
  const value = content.value as { readonly resourceType?: unknown; readonly parameter?: unknown } | null
  if (value?.resourceType !== 'Parameters' || !Array.isArray(value.parameter)) return content
  const parameter = (value.parameter as readonly (ParameterLike | null)[]).find((one) => one?.name === 'resource')
  return parameter?.resource === undefined ? content : { ...content, value: parameter.resource }
}
