/** Who one can be in the demo hospital: one invented person for each role, with the places where it holds. */
import type { DemoPerson } from '#foundation/sign-in'
import { specialPatients } from '#testing/demo-hospital'

interface DemoLine extends DemoPerson {
  /** where they work, for people; '' where the role holds everywhere */
  readonly department: string
}

const MEDICINE = { department: 'Khoa Nội tổng hợp', scopes: ['Organization/khoa-medicine'] }
const CLINIC = { department: 'Khoa Khám bệnh', scopes: ['Organization/khoa-clinic'] }
const LABORATORY = { department: 'Khoa Xét nghiệm', scopes: ['Organization/khoa-laboratory'] }
const PHARMACY = { department: 'Khoa Dược', scopes: ['Organization/khoa-pharmacy'] }
const EVERYWHERE = { department: '', scopes: [null] }

/** Doctors and nurses are those of the demo hospital's first seed; of the others its record knows nobody. */
export const DEMO_PEOPLE: readonly DemoLine[] = [
  { role: 'doctor', display: 'BSCKI. Phạm Phương Trúc', agent: 'Practitioner/nv-0063', ...MEDICINE },
  { role: 'nurse', display: 'ĐD. Lê Hoài Thủy', agent: 'Practitioner/nv-0069', ...MEDICINE },
  {
    role: 'head',
    display: 'BSCKII. Nguyễn Anh Huy',
    agent: 'Practitioner/nv-0064',
    ...MEDICINE,
    besides: ['doctor'],
  },
  { role: 'technician', display: 'ĐD. Lê Thanh Nhi', agent: 'Practitioner/nv-0195', ...LABORATORY },
  { role: 'reception', display: 'Nguyễn Thu Phượng', agent: 'Practitioner/demo-reception', ...CLINIC },
  { role: 'pharmacist', display: 'DS. Trần Minh Đức', agent: 'Practitioner/demo-pharmacist', ...PHARMACY },
  { role: 'cashier', display: 'Lê Thị Hạnh', agent: 'Practitioner/demo-cashier', ...EVERYWHERE },
  { role: 'insurance', display: 'Phạm Quang Vinh', agent: 'Practitioner/demo-insurance', ...EVERYWHERE },
  { role: 'records', display: 'Vũ Thị Lan', agent: 'Practitioner/demo-records', ...EVERYWHERE },
  { role: 'director', display: 'TS.BS. Đặng Hữu Nghĩa', agent: 'Practitioner/demo-director', ...EVERYWHERE },
  { role: 'administrator', display: 'Hoàng Gia Bảo', agent: 'Practitioner/demo-administrator', ...EVERYWHERE },
  { role: 'auditor', display: 'Bùi Thanh Tùng', agent: 'Practitioner/demo-auditor', ...EVERYWHERE },
  { role: 'privacy', display: 'Đỗ Thị Kim Ngân', agent: 'Practitioner/demo-privacy', ...EVERYWHERE },
  { role: 'integration', display: 'Hệ thống kết nối', agent: 'Device/demo-integration', ...EVERYWHERE },
  {
    role: 'patient',
    display: 'Người bệnh đái tháo đường',
    agent: `Patient/${specialPatients.longTrend}`,
    ...EVERYWHERE,
  },
  {
    role: 'representative',
    display: 'Người thân của bé',
    agent: 'RelatedPerson/demo-representative',
    department: '',
    scopes: [`Patient/${specialPatients.child}`],
  },
  { role: 'guest', display: 'Thanh tra viên', agent: 'Person/demo-guest', ...EVERYWHERE },
]
