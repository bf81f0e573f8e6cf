import { dayOfInstant } from '#hospital/calendar'
import type { Coverage } from '#fhir/r4'
import { cardLevel, classIn, exceptionIn } from '#obligations/health-insurance'
import type { CardFacts } from './card-api.ts'
import type { Card, CardReply } from './portal/index.ts'

/** dd/MM/yyyy as the portal writes it → yyyy-MM-dd; '' for what is no day */
const isoDay = (written: string): string => {
  const [, day, month, year] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(written.trim()) ?? []
  return year ? `${year}-${month}-${day}` : ''
}

/** yyyy-MM-dd → yyyyMMdd */
export const compact = (day: string): string => day.replaceAll('-', '')

const benefitOf = (number: string): number | null => cardLevel(number, compact(dayOfInstant(Date.now())))

/** The card that is to be used: the new one where the portal says that the old one was replaced. */
export function usableCard(card: Card, means: CardReply['means']): { readonly facts: CardFacts; replaces: string } {
  const isReplaced = means === 'replaced' && card.newNumber !== ''
  const number = isReplaced ? card.newNumber : card.number
  const facts = {
    number,
    validFrom: isoDay(isReplaced ? card.newValidFrom : card.validFrom),
    validTo: isoDay(isReplaced ? card.newValidTo : card.validTo),
    facility: card.facility,
    area: card.area,
    fiveYears: isoDay(card.fiveYears),
    benefit: benefitOf(number),
  }
  return { facts, replaces: isReplaced ? card.number : '' }
}

/** A card as our record has it. */
export function coverageFacts(coverage: Coverage): CardFacts {
  const { identifier = [], subscriberId, period } = coverage
  const number = subscriberId ?? identifier[0]?.value ?? ''
  const fiveYears = exceptionIn(coverage, 'five-years')?.slice(0, 8) ?? ''
  return {
    number,
    validFrom: period?.start?.slice(0, 10) ?? '',
    validTo: period?.end?.slice(0, 10) ?? '',
    facility: classIn(coverage, 'registered-facility') ?? '',
    area: classIn(coverage, 'area') ?? '',
    fiveYears: fiveYears.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'),
    benefit: benefitOf(number),
  }
}
