import type { CodeableConcept, Reference } from 'fhir/r4.js'
import { codeSystems, identifierSystems } from '#fhir/naming'
import type { Care } from './care.ts'
import type { Chart } from './chart.ts'
import { observe } from './observe.ts'
import { panelOf, type Panel } from './tables/panels.ts'
import { dateTimeOf, type Minute } from './time.ts'

const category = [
  {
    coding: [{ system: 'http://snomed.info/sct', code: '108252007', display: 'Laboratory procedure' }],
    text: 'Xét nghiệm',
  },
]

function codeOf(panel: Panel): CodeableConcept {
  const loinc = panel.loinc ? [{ system: codeSystems.loinc, code: panel.loinc }] : []
  const service = panel.service ? [{ system: codeSystems.technicalService, code: panel.service }] : []
  const coding = [...service, ...loinc]
  return { ...(coding.length > 0 && { coding }), text: panel.name }
}

/**
 * Orders several panels on one sample; nothing is measured twice.
 * @returns the values by measure, without those that are still pending
 */
export function orderPanels(
  chart: Chart,
  care: Care,
  keys: readonly string[],
  ordered: Minute,
  urgent = false,
): Readonly<Record<string, number>> {
  const values: Record<string, number> = {}
  const asked = new Set<string>()
  for (const key of keys) {
    const panel = panelOf(key)
    const measures = panel.measures.filter((measure) => !asked.has(measure))
    for (const measure of measures) asked.add(measure)
    if (measures.length > 0) Object.assign(values, orderPanel(chart, care, { ...panel, measures }, ordered, urgent))
  }
  return values
}

function orderPanel(chart: Chart, care: Care, panel: Panel, ordered: Minute, urgent: boolean) {
  const released = ordered + panel.takes + chart.random.int(0, 30)
  const done = released <= chart.now
  const request = chart.file({
    resourceType: 'ServiceRequest',
    status: done ? 'completed' : 'active',
    intent: 'order',
    category,
    priority: urgent ? 'urgent' : 'routine',
    code: codeOf(panel),
    subject: chart.patient,
    encounter: care.encounter,
    authoredOn: dateTimeOf(ordered),
    requester: care.doctor.reference,
    performer: [chart.department('laboratory').organization],
  })
  return done ? report(chart, care, panel, request, ordered + 15, released) : {}
}

function report(chart: Chart, care: Care, panel: Panel, request: Reference, taken: Minute, released: Minute) {
  const laboratory = chart.department('laboratory')
  const values: Record<string, number> = {}
  const result = panel.measures.map((key) => {
    const performer = laboratory.organization
    const one = observe(chart, care, {
      key,
      at: taken,
      kind: 'laboratory',
      performer,
      basedOn: request,
      issued: released,
    })
    values[key] = one.value
    return one.reference
  })
  chart.file({
    resourceType: 'DiagnosticReport',
    identifier: [{ system: identifierSystems.orderNumber, value: `XN${chart.person.number}-${released}-${panel.key}` }],
    basedOn: [request],
    status: 'final',
    category: [{ coding: [{ system: codeSystems.diagnosticSection, code: panel.section }] }],
    code: codeOf(panel),
    subject: chart.patient,
    encounter: care.encounter,
    effectiveDateTime: dateTimeOf(taken),
    issued: dateTimeOf(released),
    performer: [laboratory.organization],
    resultsInterpreter: [chart.doctor(laboratory).reference],
    result,
  })
  return values
}
