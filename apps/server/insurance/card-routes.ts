import type { FastifyInstance, FastifyReply } from 'fastify'
import { no, type Refusal } from '#fhir/outcome'
import type { Author, RecordStore } from '#foundation/record-store'
import type { CardLookUpAnswer, CheckIn, VisitElsewhere } from './card-api.ts'
import { usableCard } from './card-facts.ts'
import { applyCard, cardHolders } from './card-holders.ts'
import { CardLookUps } from './card-look-ups.ts'
import { authorOf } from './desk-author.ts'
import { type ById, membersOf, refuse, refuseWith, textIn } from './desk-replies.ts'
import { type CardAnswer, type KnownVisit, NO_PORTAL, type SendingDesk, type Unavailable } from './portal/index.ts'

interface Options {
  readonly store: RecordStore
  readonly author: Author
  /** null: nothing can be asked or sent from here */
  readonly sending: SendingDesk | null
}

const NO_ASKER = no('CARD-1', 'not-supported', {
  vi: 'Chưa khai báo nhân viên tra cứu thẻ (LANH_BHXH_ASKER, LANH_BHXH_ASKER_ID)',
  en: 'The employee who looks up cards is not set (LANH_BHXH_ASKER, LANH_BHXH_ASKER_ID)',
})
const TOO_OLD = no('CARD-2', 'not-found', {
  vi: 'Kết quả tra cứu đã cũ: tra cứu lại rồi áp dụng',
  en: 'This answer is too old: look the card up again',
})
const WRONG_BIRTH = no('CARD-3', 'value', {
  vi: 'Ngày sinh phải là ngày hoặc năm, ví dụ 15/03/1980 hoặc 1980',
  en: 'A date of birth is a day or a year',
})

const unavailable = (vi: string, en: string): Refusal => no('CARD-5', 'transient', { vi, en })

const UNAVAILABLE: Readonly<Record<Unavailable, Refusal>> = {
  unreachable: unavailable(
    'Không kết nối được Cổng BHXH; thử lại sau',
    'The portal cannot be reached; try again later',
  ),
  account: unavailable(
    'Cổng BHXH không nhận tài khoản của cơ sở: báo người quản trị',
    'The portal does not accept the account of the facility',
  ),
  paused: unavailable(
    'Cổng BHXH đang không trả lời; thử lại sau ít phút',
    'The portal does not answer just now; try again in a few minutes',
  ),
}

/** Looking up cards, making what the portal says ours, and telling it that somebody came. */
export function cardRoutes(desk: FastifyInstance, { store, author, sending }: Options): void {
  const answers = new CardLookUps()
  const checkInOf = async (encounter: string): Promise<CheckIn | null> =>
    sending ? checkInState(sending, encounter) : null
  desk.post<{ Body: unknown }>('/card-look-ups', async ({ body }, reply) => {
    const asked = membersOf(body)
    if (!asked) return refuse(reply, 'BHXH-HTTP-2')
    const [card = '', name = '', birth = ''] = ['card', 'name', 'birthDate'].map((each) => textIn(asked, each).trim())
    const birthDate = asPortalWrites(birth)
    if (card === '' || name === '') return refuse(reply, 'BHXH-HTTP-2')
    if (birthDate === null) return refuseWith(reply, 400, [WRONG_BIRTH])
    if (!sending?.portal) return refuseWith(reply, 409, [NO_PORTAL])
    if (!sending.asker.name || !sending.asker.personalId) return refuseWith(reply, 409, [NO_ASKER])
    const question = { card: card.toUpperCase(), name, birthDate, asker: sending.asker }
    const answer = await sending.portal.cardLookup(question)
    if (answer.kind === 'unavailable') return refuseWith(reply, 503, [UNAVAILABLE[answer.why]])
    return told(store, answers, question.card, answer, checkInOf)
  })
  desk.post<ById & { Body: unknown }>('/card-look-ups/:id/apply', async (request, reply) => {
    const patient = textIn(membersOf(request.body) ?? {}, 'patient')
    if (patient === '') return refuse(reply, 'BHXH-HTTP-2')
    const answer = answers.find(request.params.id)
    if (!answer) return refuseWith(reply, 404, [TOO_OLD])
    const applied = await applyCard(store, patient, answer, authorOf(request, author))
    if (!applied.ok) return refuseWith(reply, 409, applied.refusals)
    const holders = await cardHolders(store, answer.numbers, checkInOf)
    return holders.find((each) => each.patient.id === patient) ?? refuse(reply, 'BHXH-HTTP-1')
  })
  checkInRoutes(desk, sending, author)
}

function checkInRoutes(desk: FastifyInstance, sending: SendingDesk | null, author: Author): void {
  const encounterIn = (body: unknown): string => textIn(membersOf(body) ?? {}, 'encounter')
  desk.post<{ Body: unknown }>('/check-ins', async (request, reply): Promise<CheckIn | FastifyReply> => {
    const encounter = encounterIn(request.body)
    if (encounter === '') return refuse(reply, 'BHXH-HTTP-2')
    if (!sending) return refuseWith(reply, 409, [NO_PORTAL])
    const outcome = await sending.checkIns.send(encounter, authorOf(request, author))
    if (!outcome.ok) return refuseWith(reply, 409, outcome.refusals)
    const state = await checkInState(sending, encounter)
    return state ? reply.code(202).send(state) : refuse(reply, 'BHXH-HTTP-1')
  })
  desk.post<{ Body: unknown }>('/check-ins/state', async ({ body }, reply) => {
    const encounter = encounterIn(body)
    if (encounter === '') return refuse(reply, 'BHXH-HTTP-2')
    return { checkIn: sending && (await checkInState(sending, encounter)) }
  })
}

async function told(
  store: RecordStore,
  answers: CardLookUps,
  asked: string,
  { code, means, message, card, visits }: Extract<CardAnswer, { kind: 'answered' }>,
  checkInOf: (encounter: string) => Promise<CheckIn | null>,
): Promise<CardLookUpAnswer> {
  const usable = card && usableCard(card, means)
  const numbers = [asked, card?.number ?? '', usable?.facts.number ?? '']
  const id = usable ? answers.keep({ card: usable.facts, replaces: usable.replaces, numbers }) : ''
  return {
    id,
    code,
    means,
    ...message,
    card: usable?.facts ?? null,
    replaces: usable?.replaces ?? '',
    visits: visits.map(visitElsewhere),
    holders: await cardHolders(store, numbers, checkInOf),
  }
}

/** yyyyMMddHHmm as the portal writes it → ISO; anything else as it is. */
const moment = (written: string): string =>
  written.replace(/^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})$/, '$1-$2-$3T$4:$5:00+07:00')

const visitElsewhere = ({ facility, from, to, disease }: KnownVisit): VisitElsewhere => ({
  facility,
  from: moment(from),
  to: moment(to),
  disease,
})

/** @returns dd/MM/yyyy or yyyy; null for what is neither */
function asPortalWrites(birthDate: string): string | null {
  if (/^\d{4}$/.test(birthDate)) return birthDate
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(birthDate) ?? []
  return year ? `${day}/${month}/${year}` : null
}

/** How the message stands at the first portal. */
async function checkInState({ checkIns, portal }: SendingDesk, encounter: string): Promise<CheckIn | null> {
  const first = portal?.destination.id
  const latest = (await checkIns.history(encounter)).findLast(({ destination }) => destination === first)
  if (!latest) return null
  const { state, message, receipts, at } = latest
  const told = state === 'ready' || state === 'withdrawn' ? 'queued' : state
  return { encounter, state: told, message, receipt: receipts.at(-1) ?? null, at }
}
