import { useQuery } from '@tanstack/react-query'
import { bannerFacts, type BannerFacts } from '#hospital/identification'
import { hospitalToday } from '../parts/hospital-today.ts'
import { readTogether, resourcesOf } from '../server/index.ts'

/** LOINC 29463-7: body weight. */
const BODY_WEIGHT = 'http://loinc.org|29463-7'

const bannerSearches = (id: string): readonly string[] => [
  `Patient/${id}`,
  `AllergyIntolerance?patient=${id}&_count=50`,
  `Coverage?beneficiary=Patient/${id}&_count=20`,
  `Encounter?patient=${id}&status=in-progress&_sort=-date&_count=5`,
  `Flag?patient=${id}&status=active&_count=10`,
  `Observation?patient=${id}&code=${encodeURIComponent(BODY_WEIGHT)}&_sort=-date&_count=1`,
]

async function readBanner(id: string, signal: AbortSignal): Promise<BannerFacts> {
  const [patient, allergies, coverages, encounters, flags, weights] = await readTogether(bannerSearches(id), signal)
  return bannerFacts(
    {
      patient: resourcesOf(patient, 'Patient')[0] ?? { resourceType: 'Patient', id },
      allergies: resourcesOf(allergies, 'AllergyIntolerance'),
      coverages: resourcesOf(coverages, 'Coverage'),
      encounters: resourcesOf(encounters, 'Encounter'),
      flags: resourcesOf(flags, 'Flag'),
      weights: resourcesOf(weights, 'Observation'),
    },
    hospitalToday(),
  )
}

/** The facts that stand above every page of the chart. */
export const useBanner = (id: string) =>
  useQuery({ queryKey: ['banner', id], queryFn: ({ signal }) => readBanner(id, signal) })
