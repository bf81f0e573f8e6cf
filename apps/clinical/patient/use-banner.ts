import { useQuery } from '@tanstack/react-query'
import type { FhirResource } from '#fhir/r4'
import { bannerFacts, type BannerFacts } from '#hospital/identification'
import { hospitalToday } from '../parts/hospital-today.ts'
import { queryClient, readTogether, resourcesOf } from '../server/index.ts'
import { isOpenTo, standingQuery } from '../session/standing.ts'

/** What the banner shows, and what of it the reader may not see: closed is another answer than none. */
export interface ShownBanner extends BannerFacts {
  /** resource types */
  readonly closed: readonly string[]
}

/** LOINC 29463-7: body weight. */
const BODY_WEIGHT = 'http://loinc.org|29463-7'

const SEARCHES = {
  Patient: (id) => `Patient/${id}`,
  AllergyIntolerance: (id) => `AllergyIntolerance?patient=${id}&_count=50`,
  Coverage: (id) => `Coverage?beneficiary=Patient/${id}&_count=20`,
  Encounter: (id) => `Encounter?patient=${id}&status=in-progress&_sort=-date&_count=5`,
  Flag: (id) => `Flag?patient=${id}&status=active&_count=10`,
  Observation: (id) => `Observation?patient=${id}&code=${encodeURIComponent(BODY_WEIGHT)}&_sort=-date&_count=1`,
} as const satisfies Readonly<Record<string, (id: string) => string>>

type BannerType = keyof typeof SEARCHES

const TYPES = Object.keys(SEARCHES) as readonly BannerType[]

async function readBanner(id: string, signal: AbortSignal): Promise<ShownBanner> {
  const standing = await queryClient.fetchQuery(standingQuery(id))
  // the person is asked for in any case: a refusal of that is the chart's answer
  const open = TYPES.filter((type) => type === 'Patient' || isOpenTo(standing, type))
  const answers = await readTogether(
    open.map((type) => SEARCHES[type](id)),
    signal,
  )
  const answerOf = (type: BannerType): FhirResource | undefined => answers[open.indexOf(type)]
  const facts = bannerFacts(
    {
      patient: resourcesOf(answerOf('Patient'), 'Patient')[0] ?? { resourceType: 'Patient', id },
      allergies: resourcesOf(answerOf('AllergyIntolerance'), 'AllergyIntolerance'),
      coverages: resourcesOf(answerOf('Coverage'), 'Coverage'),
      encounters: resourcesOf(answerOf('Encounter'), 'Encounter'),
      flags: resourcesOf(answerOf('Flag'), 'Flag'),
      weights: resourcesOf(answerOf('Observation'), 'Observation'),
    },
    hospitalToday(),
  )
  return { ...facts, closed: TYPES.filter((type) => !open.includes(type)) }
}

/** The facts that stand above every page of the chart. */
export const useBanner = (id: string) =>
  useQuery({ queryKey: ['banner', id], queryFn: ({ signal }) => readBanner(id, signal) })
