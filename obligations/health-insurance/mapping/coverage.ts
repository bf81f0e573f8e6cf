/**
 * A card of health insurance as a Coverage: its number and period, the benefit digit, where it is registered, the area
 * its holder lives in (classes of the coverage), and from when nothing is paid along (exceptions to the co-payment).
 */
import { identifierSystems } from '#fhir/naming'
import type { CodeableConcept, Coverage, CoverageCostToBeneficiary, Patient } from '#fhir/r4'
import { cardLevel } from '../money/benefit.ts'
import type { Values } from '../types.ts'
import { insuranceSystems } from './code-systems.ts'
import { dayOf, momentOf, writtenOf } from './moments.ts'
import { codeIn, codeOf, listed, periodOf, some, textIn } from './parts.ts'

/** A coverage for each card, in the order of the cards. */
export function coveragesOf(summary: Values, patient: Patient, id: (card: string) => string): Coverage[] {
  const { MA_THE_BHYT = '', GT_THE_TU = '', GT_THE_DEN = '', MA_DKBD = '' } = summary
  const [from, until, registered] = [GT_THE_TU, GT_THE_DEN, MA_DKBD].map((list) => list.split(';'))
  const cards = MA_THE_BHYT.split(';')
  return cards.flatMap((written, place) => {
    const card = textIn(written)?.trim()
    if (!card) return []
    // What is said once for several cards is said of the one that held at the end.
    const isLast = place === cards.length - 1
    return some<Coverage>({
      resourceType: 'Coverage',
      id: id(card),
      identifier: [{ system: identifierSystems.insuranceCard, value: card }],
      status: 'active',
      type: { coding: [{ system: ACT, code: 'PUBLICPOL' }], text: 'Bảo hiểm y tế' },
      subscriberId: card,
      beneficiary: { reference: `Patient/${patient.id}` },
      period: periodOf(dayOf(from?.[place]?.trim()), dayOf(until?.[place]?.trim())),
      payor: [{ display: 'Bảo hiểm xã hội Việt Nam' }],
      class: listed([
        benefitOf(card),
        classOf('registered-facility', registered?.[place]?.trim(), 'Nơi đăng ký khám chữa bệnh ban đầu'),
        isLast ? classOf('area', summary.MA_KHUVUC, 'Khu vực') : undefined,
      ]),
      costToBeneficiary: isLast ? coPaymentOf(card, summary) : undefined,
    })
  })
}

const ACT = 'http://terminology.hl7.org/CodeSystem/v3-ActCode'
const CLASS = 'http://terminology.hl7.org/CodeSystem/coverage-class'
/** @source http://hl7.org/fhir/R4/valueset-coverage-copay-type.html */
const COPAY = 'http://terminology.hl7.org/CodeSystem/coverage-copay-type'

type Class = NonNullable<Coverage['class']>[number]

/** The third character of a card says how much is paid. @source Quyết định 1351/QĐ-BHXH, Điều 2 */
const benefitOf = (card: string): Class | undefined =>
  /^[A-Z]{2}[1-5]/.test(card)
    ? { type: { coding: [{ system: CLASS, code: 'plan' }] }, value: card[2]!, name: `Mức hưởng ${card[2]}` }
    : undefined

type OwnClass = 'registered-facility' | 'area'

function classOf(kind: OwnClass, written: string | undefined, name: string): Class | undefined {
  const value = codeIn(written)
  if (value === undefined) return undefined
  return { type: { coding: [{ system: insuranceSystems.coverageClass, code: kind }] }, value, name: `${name} ${value}` }
}

type Exception = 'co-payment-exempt' | 'five-years'

function coPaymentOf(card: string, summary: Values): CoverageCostToBeneficiary[] | undefined {
  const exception = listed([
    exceptionOf('co-payment-exempt', momentOf(summary.NGAY_MIEN_CCT), 'Miễn cùng chi trả'),
    exceptionOf('five-years', dayOf(summary.NAM_NAM_LIEN_TUC), 'Đủ năm năm liên tục'),
  ])
  const level = cardLevel(card, (summary.NGAY_RA || summary.NGAY_VAO || '').slice(0, 8))
  if (exception === undefined || level === null) return undefined
  return [
    {
      type: { coding: [{ system: COPAY, code: 'copaypct' }], text: 'Cùng chi trả' },
      valueQuantity: { value: 100 - level, unit: '%' },
      exception,
    },
  ]
}

const exceptionOf = (code: Exception, start: string | undefined, text: string) =>
  start === undefined ? undefined : { type: exceptionType(code, text), period: { start } }

const exceptionType = (code: Exception, text: string): CodeableConcept => ({
  coding: [{ system: insuranceSystems.coPaymentException, code }],
  text,
})

/** MA_DKBD or MA_KHUVUC of a card. */
export const classIn = ({ class: classes }: Coverage, kind: OwnClass): string | undefined =>
  classes?.find(({ type }) => codeOf(type, insuranceSystems.coverageClass) === kind)?.value

/** The day (or minute) from which an exception holds, as the tables write it. */
export const exceptionIn = ({ costToBeneficiary = [] }: Coverage, kind: Exception): string | undefined =>
  writtenOf(
    costToBeneficiary
      .flatMap(({ exception = [] }) => exception)
      .find(({ type }) => codeOf(type, insuranceSystems.coPaymentException) === kind)?.period?.start,
  )
