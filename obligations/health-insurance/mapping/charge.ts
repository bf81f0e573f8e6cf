import type { ChargeItem, ClaimItem, CodeableConcept, Reference } from '#fhir/r4'
import type { Table } from '../format/table.ts'
import type { Values } from '../types.ts'
import { momentOf } from './moments.ts'
import { quantityOf, some } from './parts.ts'
import { exact, type Place, type Visit } from './table-mapping.ts'
import { numberOf, textOf } from './written-number.ts'

/** Fields that the line of the bill keeps, as far as its table has them. */
const OF_THE_BILL: ReadonlySet<string> = new Set(
  `PHAM_VI TYLE_TT_BH TYLE_TT_DV SO_LUONG DON_VI_TINH DON_GIA DON_GIA_BV DON_GIA_BH THANH_TIEN_BV THANH_TIEN_BH
  T_TRANTT MUC_HUONG T_NGUONKHAC_NSNN T_NGUONKHAC_VTNN T_NGUONKHAC_VTTN T_NGUONKHAC_CL T_NGUONKHAC T_BNTT T_BNCCT
  T_BHTT MA_PTTT NGUON_CTRA TT_THAU MA_NHOM`.split(/\s+/),
)

export const keptOnCharge = ({ fields }: Table): Readonly<Record<string, 'ChargeItem'>> =>
  Object.fromEntries(fields.flatMap(({ name }) => (OF_THE_BILL.has(name) ? [[name, 'ChargeItem']] : [])))

/** Places of a line of the bill. @param price the field of the unit price */
export const chargePlaces = (price: 'DON_GIA' | 'DON_GIA_BV'): Readonly<Record<string, Place>> => ({
  SO_LUONG: exact<ChargeItem>('ChargeItem.quantity.value', ({ quantity }) => textOf(quantity)),
  [price]: exact<ChargeItem>('ChargeItem.priceOverride.value', ({ priceOverride }) => textOf(priceOverride)),
})

interface Charged {
  readonly id: string
  readonly code: CodeableConcept | undefined
  readonly price: string | undefined
  readonly orderers: readonly Reference[]
  /** the order that led to it */
  readonly order: Reference | undefined
}

/** A line of the bill, of its own so that it can be found by patient and service. */
export function chargeOf(values: Values, { id, code, price, orderers, order }: Charged, visit: Visit): ChargeItem {
  const unitPrice = numberOf(price)
  return some<ChargeItem>({
    resourceType: 'ChargeItem',
    id,
    status: 'billable',
    code: code ?? UNNAMED,
    subject: visit.subject,
    context: visit.inVisit,
    occurrenceDateTime: momentOf(values.NGAY_YL),
    performer: orderers.length > 0 ? orderers.map((actor) => ({ actor })) : undefined,
    quantity: quantityOf(values.SO_LUONG, values.DON_VI_TINH),
    priceOverride: unitPrice && { ...unitPrice, currency: 'VND' },
    supportingInformation: order && [order],
  })
}

const UNNAMED: CodeableConcept = { text: 'Không ghi tên' }

/** The same line in the claim. */
export function claimItemOf(
  { code, quantity, priceOverride, occurrenceDateTime }: ChargeItem,
  values: Values,
): ClaimItem {
  const net = numberOf(values.THANH_TIEN_BV)
  return some<ClaimItem>({
    sequence: 1,
    productOrService: code,
    servicedDate: occurrenceDateTime?.slice(0, 10),
    quantity,
    unitPrice: priceOverride,
    net: net && { ...net, currency: 'VND' },
  })
}
