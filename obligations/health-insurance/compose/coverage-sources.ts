import type { Coverage } from '#fhir/r4'
import { classIn, exceptionIn } from '../mapping/coverage.ts'
import { dayOf, writtenOf } from '../mapping/moments.ts'
import { cardOf } from './chart.ts'
import type { OfVisit } from './person-sources.ts'
import { from, type Source, type Sources } from './source.ts'

/** One value a card, in the order of the cards; nothing where no card says it, so that lists stay parallel. */
const eachCard = (at: string, read: (card: Coverage) => string | undefined): Source<OfVisit> =>
  from(`Coverage.${at}`, ({ visit: { coverages } }) => {
    const values = coverages.map((card) => read(card) ?? '')
    return values.some((value) => value !== '') ? values.join(';') : undefined
  })

/** What holds for the person: the latest card that says it. */
const latestCard = (at: string, read: (card: Coverage) => string | undefined): Source<OfVisit> =>
  from(`Coverage.${at}`, ({ visit: { coverages } }) => coverages.map(read).findLast((value) => value !== undefined))

const day = (written: string | undefined): string | undefined => {
  const first = writtenOf(written)?.slice(0, 8)
  return dayOf(first) === undefined ? undefined : first
}

/** The cards, and what is said beside them. */
export const coverageSources: Sources<OfVisit> = {
  MA_THE_BHYT: eachCard('identifier (insuranceCard) or subscriberId', cardOf),
  MA_DKBD: eachCard('class (registered-facility)', (card) => classIn(card, 'registered-facility')),
  GT_THE_TU: eachCard('period.start', ({ period }) => day(period?.start)),
  GT_THE_DEN: eachCard('period.end', ({ period }) => day(period?.end)),
  NGAY_MIEN_CCT: latestCard('costToBeneficiary.exception (co-payment-exempt)', (card) =>
    exceptionIn(card, 'co-payment-exempt'),
  ),
  MA_KHUVUC: latestCard('class (area)', (card) => classIn(card, 'area')),
  NAM_NAM_LIEN_TUC: latestCard('costToBeneficiary.exception (five-years)', (card) =>
    exceptionIn(card, 'five-years')?.slice(0, 8),
  ),
}
