import type { Care } from './care.ts'
import type { Chart } from './chart.ts'
import { orderPanels } from './laboratory.ts'
import { dosageText, fitting, giveDoses, prescribe } from './medication.ts'
import { writeNote } from './note.ts'
import { ageAt } from './person.ts'
import type { StayPlan } from './stay-plan.ts'
import { medicineOf } from './tables/medicines.ts'
import { DAY, HOUR, midnight, spokenTime, type Minute } from './time.ts'
import { spoken } from './visit.ts'
import { takeVitalSigns, wardSigns } from './vital-signs.ts'

/** Words for how the patient is, from bad to good. */
const courses = [
  'Người bệnh mệt, triệu chứng còn nhiều',
  'Người bệnh đỡ mệt, các triệu chứng giảm',
  'Người bệnh tỉnh, tiếp xúc tốt, triệu chứng giảm rõ',
  'Người bệnh ổn định, ăn ngủ được, đi lại nhẹ nhàng',
]

/** Writes the days on the ward up to `until`: orders, doses, vital signs, rounds. @param end when the stay is to end */
export function treat(chart: Chart, care: Care, plan: StayPlan, until: Minute, end: Minute): void {
  const { from, reason, days } = plan
  const medicines = fitting(reason.medicines, ageAt(chart.person, from))
  const orders = medicines.map((key) => ({
    key,
    order: prescribe(chart, care, { key, at: from + 60, days, stay: true }),
  }))
  for (let day = midnight(from); day < until; day += DAY) {
    for (const { key, order } of orders) {
      giveDoses(chart, care, key, order, Math.max(day, from + 70), Math.min(until, day + DAY))
    }
    for (const hour of [6, 15]) {
      const at = day + hour * HOUR + chart.random.int(0, 25)
      if (at > from + 2 * HOUR && at < until) takeVitalSigns(chart, care, at, wardSigns)
    }
    const round = day + 8 * HOUR + chart.random.int(0, 90)
    if (day > from && round < until) goRound(chart, care, { plan, at: round, end, medicines })
  }
  if (plan.fatal && end <= until) certifyDeath(chart, care, end)
}

interface Round {
  readonly plan: StayPlan
  readonly at: Minute
  readonly end: Minute
  readonly medicines: readonly string[]
}

function goRound(chart: Chart, care: Care, { plan, at, end, medicines }: Round): void {
  const nth = Math.round((midnight(at) - midnight(plan.from)) / DAY)
  const again = nth % 3 === 2 ? plan.reason.panels.slice(0, 3) : nth % 3 === 1 ? plan.reason.panels.slice(0, 1) : []
  orderPanels(chart, care, again, at - 90)
  const share = plan.fatal ? 0 : Math.min(courses.length - 1, Math.floor((nth / plan.days) * courses.length))
  const signs = takeVitalSigns(chart, care, at, ['pulse', 'temperature', 'pressure'])
  const leaving = !plan.fatal && end - at < DAY && end <= chart.now
  const orders = [
    ...medicines.map((key) => `${medicineOf(key).name}: ${dosageText(medicineOf(key)).toLowerCase()}.`),
    ...(again.length > 0 ? ['Xét nghiệm kiểm tra.'] : []),
    `Chăm sóc cấp ${share === 0 ? 'II' : 'III'}, theo dõi mạch, nhiệt độ, huyết áp 2 lần/ngày.`,
  ]
  writeNote(chart, care, {
    kind: 'progress',
    at: at + 10,
    author: care.doctor,
    sections: [
      ['Diễn biến bệnh', `Ngày điều trị thứ ${nth + 1}. ${courses[share]}.\n${spoken(signs)}`],
      ['Y lệnh', leaving ? 'Cho ra viện, kê đơn, hẹn khám lại.' : orders.join('\n')],
    ],
  })
}

function certifyDeath(chart: Chart, care: Care, at: Minute): void {
  writeNote(chart, care, {
    kind: 'progress',
    at,
    author: care.doctor,
    sections: [
      [
        'Diễn biến bệnh',
        'Người bệnh hôn mê, tụt huyết áp, ngừng tuần hoàn. Cấp cứu ngừng tuần hoàn 45 phút không kết quả.',
      ],
      ['Kết luận', `Tử vong lúc ${spokenTime(at)}. Gia đình đã được giải thích. Hẹn kiểm thảo tử vong theo quy định.`],
    ],
  })
}
