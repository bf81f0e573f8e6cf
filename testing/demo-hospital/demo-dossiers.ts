/** The dossiers of the demo hospital: two months of visits of its own people, with the mistakes and doubts of real life. */
import { codeSystems, extensionUrls, identifierSystems } from '#fhir/naming'
import type { Coverage, Patient } from '#fhir/r4'
import type { Dossier, Values } from '#obligations/health-insurance'
import { insuranceDossier, movedDossier } from '#testing/insurance-dossiers'

/** Somebody of the demo hospital, with their card. */
export interface InsuredPerson {
  readonly patient: Patient
  readonly coverage: Coverage
}

/** What became of a dossier before somebody looks at the desk. */
export interface DemoDossier {
  readonly dossier: Dossier
  /** elsewhere: the old program sent it · ready: ours to send · accepted and refused: the portal has answered */
  readonly fate: 'elsewhere' | 'ready' | 'accepted' | 'refused'
}

/** MACSKCB of the demo hospital. */
const FACILITY = '00001'

/** Numbers of the invented dossiers, from which nobody else takes. */
const FIRST = 5_000

/** Dossiers of a person. */
const EACH = 3

/** Days that visits are spread over, and the longest stay behind them. */
const SPREAD = 60
const LONGEST = 7

/** The day from which the hospital sends with us, and that from which nobody has sent yet; days before today. */
const OURS = 32
const NOT_SENT_YET = 5

const DAY_MS = 86_400_000
const BEGINS = Date.UTC(2025, 7, 1)

/** Every so many dossiers one is wrong, in turn in each of these ways. */
const WRONG_EVERY = 12
const MISTAKES: readonly ((values: Values) => Values)[] = [
  () => ({ T_BHTT: '1.00' }),
  () => ({ SO_CCCD: '00109900001' }),
  ({ MA_BENH_CHINH = '' }) => ({ MA_BENH_KT: MA_BENH_CHINH }),
  () => ({ MA_KHOA: '' }),
  ({ NGAY_VAO = '' }) => ({ NGAY_TTOAN: String(Number(NGAY_VAO.slice(0, 8)) - 1) + NGAY_VAO.slice(8) }),
  () => ({ GT_THE_DEN: '20260131' }),
  () => ({ KET_QUA_DTRI: '9' }),
]

/** Dossiers that came under another's identity number: a person has to look. */
const DOUBTFUL: ReadonlySet<number> = new Set([30, 90])

/**
 * @param people who may have been here; children and cards of another level than 80 % are left out
 * @param most dossiers
 * @param today yyyy-MM-dd
 */
export function demoDossiers(people: readonly InsuredPerson[], most: number, today: string): readonly DemoDossier[] {
  const insured = people.filter((each) => isOrdinary(each, today))
  const days = Math.round((Date.parse(today) - BEGINS) / DAY_MS) - SPREAD
  // The dossiers of one person do not depend on who comes after: a hospital that grows gets more of them and keeps these.
  return insured
    .flatMap((each, at) => Array.from({ length: EACH }, (_, nth) => ({ each, at, place: at * EACH + nth })))
    .slice(0, most)
    .map(({ each, at, place }) => {
      const person = personOf(each)
      const before = insured[at - 1]
      const who =
        before && DOUBTFUL.has(place)
          ? { ...person, HO_TEN: personOf(before).HO_TEN!, MA_BN: `BN9${place}0000000` }
          : person
      const move = { days, facility: FACILITY, person: who }
      const late = movedDossier(insuranceDossier(FIRST + place), move)
      // Who would still be in the ward today came some days earlier.
      const isOver = isoDay(late.made) < today
      const dossier = isOver ? late : movedDossier(insuranceDossier(FIRST + place), { ...move, days: days - LONGEST })
      const ended = (Date.parse(today) - Date.parse(isoDay(dossier.made))) / DAY_MS
      const wrong = place % WRONG_EVERY === 5
      return {
        dossier: wrong ? mistaken(dossier, MISTAKES[Math.floor(place / WRONG_EVERY) % MISTAKES.length]!) : dossier,
        fate: wrong ? 'ready' : fateOf(ended, place),
      }
    })
}

function fateOf(ended: number, place: number): DemoDossier['fate'] {
  if (ended > OURS) return 'elsewhere'
  if (ended < NOT_SENT_YET) return 'ready'
  return place % 17 === 0 ? 'refused' : 'accepted'
}

const isoDay = (day: string): string => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}`

function mistaken(dossier: Dossier, mistake: (values: Values) => Values): Dossier {
  const { values } = dossier.tables.XML1![0]!
  return {
    ...dossier,
    tables: { ...dossier.tables, XML1: [{ values: { ...values, ...mistake(values) }, unknown: null }] },
  }
}

const numberIn = ({ identifier = [] }: Patient, system: string): string =>
  identifier.find((each) => each.system === system)?.value ?? ''

function isOrdinary({ patient, coverage }: InsuredPerson, today: string): boolean {
  const { birthDate = '' } = patient
  const isGrown = birthDate.length === today.length && Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4)) > 18
  const isWhole = numberIn(patient, identifierSystems.personalId) !== '' && patient.deceasedDateTime === undefined
  return isGrown && isWhole && /^(DN|GD|HC)4/.test(coverage.subscriberId ?? '')
}

/** XML1's fields of a person. */
function personOf({ patient, coverage }: InsuredPerson): Values {
  const [address] = patient.address ?? []
  const parts = address?.extension?.find(({ url }) => url === extensionUrls.administrativeAddress)?.extension ?? []
  const unit = (url: string): string =>
    parts
      .find((part) => part.url === url)
      ?.valueCodeableConcept?.coding?.find(({ system }) => system === codeSystems.administrativeUnit2025)?.code ?? ''
  return {
    MA_BN: numberIn(patient, identifierSystems.patientCode),
    HO_TEN: patient.name?.[0]?.text ?? '',
    SO_CCCD: numberIn(patient, identifierSystems.personalId),
    NGAY_SINH: `${(patient.birthDate ?? '').replaceAll('-', '')}0000`,
    GIOI_TINH: patient.gender === 'female' ? '2' : '1',
    DIA_CHI: address?.text ?? '',
    MATINH_CU_TRU: unit('state'),
    MAXA_CU_TRU: unit('ward'),
    MA_THE_BHYT: coverage.subscriberId ?? '',
    MA_DKBD: FACILITY,
    GT_THE_TU: (coverage.period?.start ?? '').replaceAll('-', ''),
    GT_THE_DEN: (coverage.period?.end ?? '').replaceAll('-', ''),
  }
}
