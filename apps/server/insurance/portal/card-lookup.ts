import type { Sentence } from '#fhir/outcome'
import type { Unavailable } from './call.ts'
import { type CardReply, cardReply } from './card-codes.ts'

/** Whose card is asked about, and who asks: the portal keeps both. */
export interface CardQuestion {
  /** number of the card or personal identity number */
  readonly card: string
  readonly name: string
  /** dd/MM/yyyy, or a year */
  readonly birthDate: string
  /** employee at the desk, registered with Social Insurance */
  readonly asker: { readonly name: string; readonly personalId: string }
}

/** One visit elsewhere that the portal knows. */
export interface KnownVisit {
  /** maHoSo, the portal's own number */
  readonly record: string
  readonly facility: string
  /** as the portal writes them */
  readonly from: string
  readonly to: string
  readonly disease: string
  readonly outcome: string
}

export type CardAnswer =
  | {
      readonly kind: 'answered'
      readonly code: string
      readonly means: CardReply['means']
      readonly message: Sentence
      /** null where the reply has no card */
      readonly card: Card | null
      readonly visits: readonly KnownVisit[]
    }
  | { readonly kind: 'unavailable'; readonly why: Unavailable }

/** A card as the portal knows it; dates dd/MM/yyyy, '' where nothing is said. */
export interface Card {
  readonly number: string
  readonly name: string
  readonly birthDate: string
  readonly validFrom: string
  readonly validTo: string
  /** maDKBD: facility of first registration */
  readonly facility: string
  /** K1, K2, K3 */
  readonly area: string
  /** the day from which five years in a row are reached */
  readonly fiveYears: string
  readonly newNumber: string
  readonly newValidFrom: string
  readonly newValidTo: string
}

/** The body of the request. */
export const cardQuestion = ({ card, name, birthDate, asker }: CardQuestion): string =>
  JSON.stringify({ maThe: card, hoTen: name, ngaySinh: birthDate, hoTenCb: asker.name, cccdCb: asker.personalId })

/** @param body of the reply */
export function cardAnswer(body: Readonly<Record<string, unknown>>): CardAnswer {
  const code = textIn(body, 'maKetQua')
  const { means, message } = cardReply(code)
  const visits = Array.isArray(body.dsLichSuKCB2018) ? body.dsLichSuKCB2018 : []
  const card = textIn(body, 'maThe') === '' ? null : cardIn(body)
  return { kind: 'answered', code, means, message, card, visits: visits.filter(isObject).map(visitIn) }
}

type Members = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null

const textIn = (members: Members, name: string): string => {
  const value = members[name]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

const cardIn = (body: Members): Card => ({
  number: textIn(body, 'maThe'),
  name: textIn(body, 'hoTen'),
  birthDate: textIn(body, 'ngaySinh'),
  validFrom: textIn(body, 'gtTheTu'),
  validTo: textIn(body, 'gtTheDen'),
  facility: textIn(body, 'maDKBD'),
  area: textIn(body, 'maKV'),
  fiveYears: textIn(body, 'ngayDu5Nam'),
  newNumber: textIn(body, 'maTheMoi'),
  newValidFrom: textIn(body, 'gtTheTuMoi'),
  newValidTo: textIn(body, 'gtTheDenMoi'),
})

const visitIn = (visit: Members): KnownVisit => ({
  record: textIn(visit, 'maHoSo'),
  facility: textIn(visit, 'maCSKCB'),
  from: textIn(visit, 'ngayVao'),
  to: textIn(visit, 'ngayRa'),
  disease: textIn(visit, 'tenBenh'),
  outcome: textIn(visit, 'kqDieuTri'),
})
