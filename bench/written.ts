/** What the writing workloads send: observations as Synthea and hospitals make them, about patients of their own. */
import type { Observation } from '#fhir/r4'
import { send } from './http-request.ts'
import type { Request, Source } from './load.ts'
import type { Picks } from './picks.ts'
import type { Setting } from './setting.ts'

/** Vital signs and laboratory: code, name, category, unit, typical value. */
const KINDS: readonly (readonly [string, string, string, string, number])[] = [
  ['8302-2', 'Body Height', 'vital-signs', 'cm', 165.4],
  ['29463-7', 'Body Weight', 'vital-signs', 'kg', 61.8],
  ['8867-4', 'Heart rate', 'vital-signs', '/min', 72],
  ['8310-5', 'Body temperature', 'vital-signs', 'Cel', 37.1],
  ['2339-0', 'Glucose', 'laboratory', 'mg/dL', 97.3],
  ['38483-4', 'Creatinine', 'laboratory', 'mg/dL', 1.04],
  ['2947-0', 'Sodium', 'laboratory', 'mmol/L', 139.2],
  ['718-7', 'Hemoglobin', 'laboratory', 'g/dL', 13.6],
]

function observation(k: number, { patient, encounter }: Picks['forWriting'][number]): Observation {
  const [code, display, category, unit, typical] = KINDS[k % KINDS.length] as (typeof KINDS)[number]
  const at = new Date(Date.UTC(2024, 0, 1) + k * 137_000).toISOString().replace('Z', '+00:00')
  return {
    resourceType: 'Observation',
    status: 'final',
    category: [
      {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/observation-category',
            code: category,
            display: category,
          },
        ],
      },
    ],
    code: { coding: [{ system: 'http://loinc.org', code, display }], text: display },
    subject: { reference: patient },
    encounter: { reference: encounter },
    effectiveDateTime: at.replace('.000', ''),
    issued: at,
    valueQuantity: {
      value: Math.round((typical + (k % 100) / 50) * 100) / 100,
      unit,
      system: 'http://unitsofmeasure.org',
      code: unit,
    },
  }
}

const targetOf = ({ forWriting }: Picks, k: number): Picks['forWriting'][number] => {
  const target = forWriting[k % forWriting.length]
  if (!target) throw new Error('the loaded data have no patient to write about')
  return target
}

const isObservation = (body: string): string | null => {
  const found = JSON.parse(body) as Observation
  return found.resourceType === 'Observation' && found.id && found.meta?.versionId ? null : 'not the stored Observation'
}

/** Creates: 500 different bodies in turn, each stored as a new resource. */
export function newObservations({ picks, base }: Setting): Source {
  const requests: readonly Request[] = Array.from({ length: 500 }, (_, k) => ({
    bytes: send('POST', `${base}/Observation`, JSON.stringify(observation(k, targetOf(picks, k)))),
    check: isObservation,
  }))
  let k = 0
  return { status: 201, next: () => requests[k++ % requests.length] ?? null }
}

/** Updates: each connection its own resource, naming the version it saw last, another value every time. */
export async function updatedObservations({ picks, base, api, connections }: Setting): Promise<Source> {
  const own = Array.from({ length: connections }, (_, i) => `bench-${connections}-${i}`)
  const tags: string[] = []
  for (const [i, id] of own.entries()) tags.push(await api.put({ ...observation(i, targetOf(picks, i)), id }))
  let k = 0
  return {
    status: 200,
    next(connection) {
      k += 1
      const id = own[connection]
      const body = JSON.stringify({ ...observation(k, targetOf(picks, connection)), id })
      const bytes = send('PUT', `${base}/Observation/${id}`, body, `If-Match: ${tags[connection]}\r\n`)
      return { bytes, check: isObservation }
    },
    seen(connection, head) {
      const tag = /\r\netag: *(\S+)/i.exec(head)?.[1]
      if (!tag) throw new Error('an update was answered without an ETag')
      tags[connection] = tag
    },
  }
}
