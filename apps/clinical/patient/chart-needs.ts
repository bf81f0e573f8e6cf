import { isOpenTo } from '../session/standing.ts'
import type { StandingShown } from '#apps/server'
import type { ChartTab } from './chart-tabs.ts'

const OVERVIEW = [
  'Encounter',
  'Condition',
  'MedicationRequest',
  'Observation',
  'ServiceRequest',
  'Composition',
  'DocumentReference',
]

/** What each page of a chart is made of. A page of which a part is closed is closed: a half would be taken for the whole. */
const NEEDS: Readonly<Record<ChartTab, readonly string[]>> = {
  overview: OVERVIEW,
  timeline: [...OVERVIEW, 'DiagnosticReport'],
  results: ['Observation', 'DiagnosticReport'],
  medicines: ['MedicationRequest'],
  problems: ['Condition', 'AllergyIntolerance'],
  visits: ['Encounter', 'Condition', 'Composition', 'Observation'],
  documents: ['Composition', 'DocumentReference'],
}

/** Whether the reader sees all that a page is made of. */
export const isPageOpen = (standing: StandingShown, tab: ChartTab): boolean =>
  NEEDS[tab].every((type) => isOpenTo(standing, type))
