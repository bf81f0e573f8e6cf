import type { Reference } from 'fhir/r4.js'
import { book } from './appointment.ts'
import type { Care } from './care.ts'
import type { Chart } from './chart.ts'
import { diagnose, diagnosisOf } from './diagnosis.ts'
import { fileEncounter } from './encounter.ts'
import { roomOf, type Department, type Staff } from './hospital.ts'
import { orderStudy } from './imaging.ts'
import { orderPanels } from './laboratory.ts'
import { prescribe } from './medication.ts'
import { writeNote } from './note.ts'
import { operate } from './operate.ts'
import { observe } from './observe.ts'
import { askAllergies, immunise } from './prevention.ts'
import { stay } from './stay.ts'
import { stayReasons } from './tables/stay-reasons.ts'
import { DAY, HOUR, YEAR, midnight, weekdayOf, type Minute } from './time.ts'
import { takePressure } from './vital-signs.ts'

/** How many encounters the record holds, all kinds together. */
export const DIALYSIS_ENCOUNTERS = 2000

/** Admissions during the years on dialysis: how long ago, and why. */
const admissions = [
  { yearsAgo: 11.2, icd: 'J18.9' },
  { yearsAgo: 8.6, icd: 'I50.0' },
  { yearsAgo: 6.1, icd: 'K92.2' },
  { yearsAgo: 3.4, icd: 'J18.9' },
  { yearsAgo: 1.2, icd: 'I50.0' },
] as const

const endStage = { icd: 'N18.5', name: 'Suy thận mạn, giai đoạn 5' }
const dependence = { icd: 'Z99.2', name: 'Phụ thuộc chạy thận nhân tạo' }
const pressure = { icd: 'I12.0', name: 'Bệnh thận do tăng huyết áp, có suy thận' }
const anaemia = { icd: 'D64.9', name: 'Thiếu máu không đặc hiệu' }

/** What lasting kidney failure does to the values; anaemia and bone disease change over the years below. */
const failure = {
  creatinine: 820,
  urea: 19,
  potassium: 1.1,
  systolic: 34,
  diastolic: 12,
  albumin: -5,
  bicarbonate: -4,
  saturation: -1,
}
const smallBlood = { hemoglobin: -62, ferritin: 260 }
const bone = { phosphate: 1.3, calcium: -0.24, pth: 620 }

const medicines = ['erythropoietin', 'ironSucrose', 'calciumCarbonate', 'calcitriol', 'amlodipine', 'bisoprolol']

/** Sessions are on Mondays, Wednesdays and Fridays, second shift. */
const isSessionDay = (day: Minute): boolean => [1, 3, 5].includes(weekdayOf(day))

/** Writes the record of a man on haemodialysis three times a week for years. */
export function dialysisRecord(chart: Chart): void {
  const { now } = chart
  const stays = admissions.map(({ yearsAgo, icd }) => ({
    from: midnight(now - yearsAgo * YEAR) + 15 * HOUR,
    reason: stayReasons.find((row) => row.icd === icd),
  }))
  const away = (day: Minute): boolean =>
    stays.some(({ from, reason }) => day >= midnight(from) && day <= midnight(from) + (reason?.days[0] ?? 0) * DAY)
  const days = sessionDays(now, DIALYSIS_ENCOUNTERS - stays.length, away)
  const start = days[0] as Minute
  growIll(chart, start)
  askAllergies(chart, start, 'some')
  immunise(chart)
  const problems = listProblems(chart, start)
  let month = -1
  for (const [nth, day] of days.entries()) {
    const monthly = new Date(day * 60_000).getUTCMonth() !== month
    month = new Date(day * 60_000).getUTCMonth()
    session(chart, {
      nth: nth + 1,
      start: day + 12 * HOUR + 30 + chart.random.int(-10, 20),
      problems,
      monthly,
      quarterly: monthly && month % 3 === 0,
    })
  }
  for (const { from, reason } of stays) if (reason) stay(chart, { from, days: reason.days[0], reason, problems })
  book(chart, {
    at: midnight(now) + 3 * DAY + 12.5 * HOUR,
    room: 'Phòng khám Nội 2',
    why: 'Lọc máu chu kỳ',
    made: now - DAY,
  })
}

/** The last `count` session days before today, oldest first. */
function sessionDays(now: Minute, count: number, away: (day: Minute) => boolean): Minute[] {
  const days: Minute[] = []
  for (let day = midnight(now) - DAY; days.length < count; day -= DAY) {
    if (isSessionDay(day) && !away(day)) days.push(day)
  }
  return days.reverse()
}

function growIll(chart: Chart, start: Minute): void {
  const years = (at: Minute): number => (at - start) / YEAR
  chart.body.suffer({ effects: failure, severity: (at) => (at < start ? 0.8 : 1 + 0.05 * Math.sin(years(at) * 6.283)) })
  // Erythropoietin lifts the blood within a year; it dips with each admission and slowly over time.
  chart.body.suffer({
    effects: smallBlood,
    severity: (at) => 0.5 + 0.5 * Math.exp(-years(at) * 1.6) + 0.12 * Math.sin(years(at) * 2.1),
  })
  chart.body.suffer({ effects: bone, severity: (at) => 0.35 + years(at) * 0.06 + 0.15 * Math.sin(years(at) * 3.3) })
}

function listProblems(chart: Chart, start: Minute): Reference[] {
  const by = chart.doctor(chart.department('nephrology'))
  return [endStage, dependence, pressure, anaemia].map((what, index) =>
    diagnose(chart, { what, at: start + 8 * HOUR - (index === 1 ? 0 : 90 * DAY), by, list: 'problem-list-item' }),
  )
}

interface Session {
  readonly nth: number
  readonly start: Minute
  readonly problems: readonly Reference[]
  readonly monthly: boolean
  readonly quarterly: boolean
}

/** Problems now and then, written in the session's note. */
const events = [
  'Tụt huyết áp giờ thứ 3, truyền 200 mL natri clorid 0,9 %.',
  'Chuột rút chân giờ cuối, giảm tốc độ siêu lọc.',
  'Ngứa toàn thân, đã xử trí.',
]

function session(chart: Chart, { nth, start, problems, monthly, quarterly }: Session): void {
  const department = chart.department('nephrology')
  const care = careOf(chart, department)
  const end = start + 4 * HOUR
  const nurse = care.nurse.reference
  const before = observe(chart, care, {
    key: 'weight',
    at: start - 15,
    kind: 'vital-signs',
    performer: nurse,
    value: chart.body.read('weight', start) + 1.6 + chart.random.next() * 1.4,
  })
  takePressure(chart, care, start - 12)
  observe(chart, care, { key: 'pulse', at: start - 12, kind: 'vital-signs', performer: nurse })
  const dry = observe(chart, care, {
    key: 'weight',
    at: end + 10,
    kind: 'vital-signs',
    performer: nurse,
    value: before.value - 2 - chart.random.next() * 0.8,
  })
  takePressure(chart, care, end + 12)
  operate(chart, care, 'haemodialysis', start, problems[0], end)
  if (monthly) monthlyRound(chart, care, { nth, start, problems, removed: before.value - dry.value, quarterly })
  fileEncounter(chart, {
    kind: 'AMB',
    status: 'finished',
    from: start - 25,
    to: end + 25,
    department,
    doctor: care.doctor,
    nurse: care.nurse,
    stops: [{ place: roomOf(department, 'Phòng lọc máu 2'), from: start - 25, to: end + 25 }],
    reason: `Lọc máu chu kỳ, lần thứ ${nth}`,
    type: 'Lọc máu chu kỳ',
    diagnosis: problems.slice(0, 2).map((problem, index) => diagnosisOf(problem, index === 0 ? 'CC' : 'CM', index + 1)),
  })
}

function careOf(chart: Chart, department: Department): Care {
  const doctor: Staff = chart.doctor(department)
  return { encounter: chart.upcoming('Encounter'), department, doctor, nurse: chart.nurse(department) }
}

interface Round {
  readonly nth: number
  readonly start: Minute
  readonly problems: readonly Reference[]
  readonly removed: number
  readonly quarterly: boolean
}

/** A number as it is spoken: with a decimal comma. */
const spokenNumber = (value: number | undefined): string => String(value ?? '').replace('.', ',')

function monthlyRound(chart: Chart, care: Care, { nth, start, problems, removed, quarterly }: Round): void {
  const panels = ['bloodCount', 'dialysisMonthly', ...(quarterly ? ['dialysisQuarterly'] : [])]
  const found = orderPanels(chart, care, panels, start - 10)
  const yearly = quarterly && new Date(start * 60_000).getUTCMonth() === 0
  if (yearly) for (const key of ['chestXray', 'echocardiogram']) orderStudy(chart, care, key, start - 5)
  if (quarterly)
    for (const key of medicines)
      prescribe(chart, care, { key, at: start + 3 * HOUR, days: 90, stay: false, reason: problems[0] })
  writeNote(chart, care, {
    kind: 'progress',
    at: start + 3 * HOUR,
    author: care.doctor,
    sections: [
      [
        'Diễn biến bệnh',
        `Buổi lọc thứ ${nth}. Siêu lọc ${spokenNumber(Math.round(removed * 10) / 10)} lít. ${chart.random.chance(0.2) ? chart.random.pick(events) : 'Buổi lọc an toàn, không tai biến.'}`,
      ],
      [
        'Kết quả tháng',
        `Huyết sắc tố ${spokenNumber(found.hemoglobin)} g/L, kali ${spokenNumber(found.potassium)} mmol/L, phospho ${spokenNumber(found.phosphate)} mmol/L, albumin ${spokenNumber(found.albumin)} g/L.`,
      ],
      [
        'Y lệnh',
        `Tiếp tục lọc máu 3 buổi/tuần, 4 giờ/buổi. ${(found.hemoglobin ?? 0) < 100 ? 'Tăng liều erythropoietin.' : 'Giữ liều erythropoietin.'}`,
      ],
    ],
  })
}
