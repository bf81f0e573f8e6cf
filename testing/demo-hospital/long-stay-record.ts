import type { Reference } from 'fhir/r4.js'
import { book } from './appointment.ts'
import type { Care } from './care.ts'
import type { Chart } from './chart.ts'
import { diagnose, diagnosisOf } from './diagnosis.ts'
import { fileEncounter } from './encounter.ts'
import { orderStudy } from './imaging.ts'
import { orderPanel } from './laboratory.ts'
import { giveDoses, prescribe } from './medication.ts'
import { dischargePapers } from './discharge-papers.ts'
import { writeNote } from './note.ts'
import { operate } from './operate.ts'
import { observe } from './observe.ts'
import { askAllergies } from './prevention.ts'
import { told } from './severity.ts'
import { spoken } from './visit.ts'
import type { StayPlan } from './stay.ts'
import {
  LONG_STAY_DAYS,
  diagnoses,
  images,
  interventions,
  phases,
  progress,
  sedation,
  troubles,
} from './tables/long-stay-course.ts'
import type { StayReason } from './tables/stay-reasons.ts'
import { DAY, HOUR, midnight, type Minute } from './time.ts'
import { takeVitalSigns, wardSigns } from './vital-signs.ts'

type Phase = (typeof phases)[number]

/** Days since going home, so that the stay is complete with its papers. */
const HOME_FOR = 12

/** Writes one stay of 120 days: vital signs every few hours, laboratory and notes daily, every dose. */
export function longStayRecord(chart: Chart): void {
  const start = midnight(chart.now) - (LONG_STAY_DAYS + HOME_FOR) * DAY
  const admitted = start + 2 * HOUR
  const encounter = chart.upcoming('Encounter')
  for (const { points, effects } of [...troubles, sedation])
    chart.body.suffer({ effects, severity: told(start, points) })
  askAllergies(chart, admitted)
  const [intensive, ward] = phases.map((phase): Care => {
    const department = chart.department(phase.department)
    return { encounter, department, doctor: chart.doctor(department), nurse: chart.nurse(department) }
  }) as [Care, Care]
  const conditions = diagnoses.map(([day, icd, name, over]) =>
    diagnose(chart, {
      what: { icd, name },
      at: start + day * DAY + 8 * HOUR,
      by: intensive.doctor,
      encounter,
      list: 'encounter-diagnosis',
      over: start + over * DAY,
    }),
  )
  admissionNote(chart, intensive, admitted)
  for (const [day, key] of images) orderStudy(chart, day < 46 ? intensive : ward, key, start + day * DAY + 9 * HOUR)
  for (const [day, hour, key, days] of interventions) {
    const from = start + day * DAY + hour * HOUR
    operate(chart, intensive, key, from, conditions[0], days ? from + days * DAY : undefined)
  }
  phases.forEach((phase, index) => spend(chart, index === 0 ? intensive : ward, phase, { start, admitted }))
  goHome(chart, ward, { start, admitted, conditions, intensive })
}

function admissionNote(chart: Chart, care: Care, at: Minute): void {
  const signs = takeVitalSigns(chart, care, at + 10, [...wardSigns, 'weight', 'height'])
  writeNote(chart, care, {
    kind: 'examination',
    at: at + HOUR,
    author: care.doctor,
    sections: [
      ['Lý do vào viện', 'Khó thở dữ dội, sốt cao ngày thứ 5.'],
      [
        'Quá trình bệnh lý',
        'Sốt, ho đờm 5 ngày, tự điều trị; 6 giờ nay khó thở tăng, tím môi, lơ mơ, được xe cấp cứu 115 đưa vào.',
      ],
      ['Khám', `${spoken(signs)}\nLơ mơ, tím môi, co kéo cơ hô hấp, ran nổ hai phổi, da nổi vân tím, đầu chi lạnh.`],
      ['Chẩn đoán', 'Sốc nhiễm khuẩn, viêm phổi nặng, suy hô hấp cấp.'],
      ['Xử trí', 'Đặt ống nội khí quản, thở máy, bù dịch, noradrenalin, kháng sinh phổ rộng trong giờ đầu.'],
    ],
  })
}

interface Span {
  readonly start: Minute
  readonly admitted: Minute
}

function spend(chart: Chart, care: Care, phase: Phase, { start, admitted }: Span): void {
  const orders = phase.medicines.map(([key, from, to]) => {
    const at = Math.max(admitted + HOUR, start + from * DAY + 5 * HOUR)
    return { key, from, to, order: prescribe(chart, care, { key, at, days: to - from, stay: true }) }
  })
  for (let day = phase.from; day < phase.to; day += 1) {
    const dawn = start + day * DAY
    const earliest = Math.max(dawn, admitted + HOUR)
    watch(chart, care, phase, dawn, earliest)
    draw(chart, care, day, dawn)
    write(chart, care, day, dawn)
    for (const { key, from, to, order } of orders) {
      if (day >= from && day < to) giveDoses(chart, care, key, order, earliest, dawn + DAY)
    }
  }
}

function watch(chart: Chart, care: Care, phase: Phase, dawn: Minute, earliest: Minute): void {
  const keys = phase.department === 'intensive' ? [...wardSigns, 'oxygen'] : wardSigns
  for (let hour = 0; hour < 24; hour += phase.hoursBetweenSigns) {
    const at = dawn + hour * HOUR + chart.random.int(0, 12)
    if (at >= earliest) takeVitalSigns(chart, care, at, keys)
  }
  const nurse = care.nurse.reference
  observe(chart, care, { key: 'glasgow', at: dawn + 8 * HOUR, kind: 'vital-signs', performer: nurse })
  observe(chart, care, { key: 'urineOutput', at: dawn + 6 * HOUR, kind: 'vital-signs', performer: nurse })
}

/** Laboratory by day: daily in intensive care, thinner later. */
function draw(chart: Chart, care: Care, day: number, dawn: Minute): void {
  const intensive = day < 46
  const wanted: readonly (readonly [key: string, every: number])[] = intensive
    ? [
        ['bloodCount', 1],
        ['critical', 1],
        ['infection', 2],
        ['coagulation', 2],
      ]
    : [
        ['bloodCount', 2],
        ['basic', 2],
        ['electrolytes', 2],
        ['crp', 4],
        ['liver', 7],
      ]
  for (const [key, every] of wanted)
    if (day % every === 0) orderPanel(chart, care, key, dawn + 5 * HOUR + 30, intensive)
  for (const hour of day < 8 || (day > 17 && day < 24) ? [4, 12, 20] : day < 40 ? [8] : [])
    orderPanel(chart, care, 'bloodGas', dawn + hour * HOUR, true)
}

function write(chart: Chart, care: Care, day: number, dawn: Minute): void {
  const at = dawn + 8 * HOUR + 40
  const [, course, orders] = progress.findLast(([from]) => from <= day) ?? progress[0]
  const signs = {
    pulse: chart.body.read('pulse', at),
    temperature: chart.body.read('temperature', at),
    saturation: chart.body.read('saturation', at),
  }
  const sections = [
    ['Diễn biến bệnh', `Ngày điều trị thứ ${day + 1}. ${course}\n${spoken(signs)}`],
    ['Y lệnh', orders],
  ] as const
  writeNote(chart, care, { kind: 'progress', at, author: care.doctor, sections })
  writeNote(chart, care, {
    kind: 'care',
    at: dawn + 14 * HOUR,
    author: care.nurse,
    sections: [
      [
        'Theo dõi và chăm sóc',
        day < 46
          ? 'Chăm sóc cấp I: hút đờm, vệ sinh răng miệng, xoay trở 2 giờ/lần, chăm sóc đường truyền và ống nội khí quản.'
          : 'Chăm sóc cấp II: hỗ trợ ăn uống, tập vận động, thay băng, phòng ngã.',
      ],
    ],
  })
  if (day % 15 !== 14) return
  writeNote(chart, care, {
    kind: 'stage',
    at: at + 3 * HOUR,
    author: care.doctor,
    sections: [
      ['Diễn biến lâm sàng trong đợt điều trị', course],
      ['Hướng điều trị tiếp', orders],
    ],
  })
}

interface Leaving extends Span {
  readonly conditions: readonly Reference[]
  readonly intensive: Care
}

/** The stay as its closing papers see it. */
const reason: StayReason = {
  icd: 'J15.9',
  name: 'Viêm phổi do vi khuẩn, không đặc hiệu',
  ages: [18, 90],
  weight: 0,
  department: 'medicine',
  days: [LONG_STAY_DAYS, LONG_STAY_DAYS],
  urgent: true,
  complaint: 'Khó thở dữ dội, sốt cao',
  history:
    'Viêm phổi nặng, sốc nhiễm khuẩn, suy hô hấp cấp tiến triển, suy thận cấp; viêm phổi liên quan thở máy do Pseudomonas ngày 18; mở khí quản ngày 15; cai máy ngày 40; rút canuyn ngày 58.',
  findings: '',
  effects: {},
  medicines: [],
  takeHome: ['amlodipine', 'ferrous', 'calciumD3', 'omeprazole'],
  panels: [],
  imaging: [],
  treatment: 'Thở máy 40 ngày, lọc máu liên tục, kháng sinh phổ rộng, mở khí quản, phục hồi chức năng.',
  advice: 'Tập vận động hằng ngày, ăn tăng đạm, tiêm phòng cúm và phế cầu, khám lại sau 2 tuần.',
}

function goHome(chart: Chart, ward: Care, { start, admitted, conditions, intensive }: Leaving): void {
  const end = start + LONG_STAY_DAYS * DAY + 2 * HOUR
  const moved = start + 46 * DAY + 15 * HOUR
  const plan: StayPlan = { from: admitted, days: LONG_STAY_DAYS, reason, problems: [] }
  dischargePapers(chart, ward, plan, end)
  book(chart, {
    at: midnight(chart.now) + 2 * DAY + 8 * HOUR,
    room: 'Phòng khám Hô hấp',
    why: 'Khám lại sau ra viện',
    made: end,
  })
  fileEncounter(chart, {
    kind: 'IMP',
    status: 'finished',
    from: admitted,
    to: end,
    department: ward.department,
    doctor: ward.doctor,
    nurse: ward.nurse,
    stops: [
      { place: chart.department('emergency').area, from: admitted, to: admitted + HOUR },
      { place: intensive.department.beds[4] ?? intensive.department.area, from: admitted + HOUR, to: moved },
      { place: ward.department.beds[10] ?? ward.department.area, from: moved, to: end },
    ],
    reason: reason.complaint,
    diagnosis: [
      ...conditions.slice(0, 1).map((one) => diagnosisOf(one, 'AD', 1)),
      ...conditions.slice(0, 1).map((one) => diagnosisOf(one, 'DD', 1)),
      ...conditions.slice(1).map((one, index) => diagnosisOf(one, 'CM', index + 2)),
    ],
    hospitalization: {
      admitSource: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/admit-source', code: 'emd' }],
        text: 'Từ Khoa Cấp cứu',
      },
      dischargeDisposition: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/discharge-disposition', code: 'home' }],
        text: 'Ra viện',
      },
    },
  })
}
