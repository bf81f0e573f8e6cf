/** The policy a hospital begins with. Its own later versions are kept in the database (`policy-store.ts`). */
import { COPYING_LINES, READING, WRITING } from './default-lines.ts'
import type { BreakGlass, Clearance, GrantRule, Networks, Policy, Representation } from './policy.ts'

const SECRECY = 'Luật Phòng, chống HIV/AIDS 64/2006/QH11, Điều 30; Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Điều 26'

const CLEARANCES: readonly Clearance[] = [
  {
    id: 'sees-known-persons',
    roles: ['doctor', 'nurse', 'head', 'director'],
    labels: ['EMP', 'CEL'],
    vi: 'Tìm được nhân viên và người được chú ý là người bệnh; hồ sơ của họ vẫn cần quan hệ điều trị',
    en: 'Staff and public persons can be found; their record still needs a relation',
    source: 'Cấp cứu không được chậm vì không tìm thấy người bệnh',
  },
  {
    id: 'sees-at-the-desk',
    roles: ['reception', 'cashier', 'privacy', 'integration', 'guest'],
    labels: ['EMP', 'CEL', 'R'],
    vi: 'Quầy làm việc với mọi người bệnh, không thấy nội dung bí mật theo luật',
    en: 'The desks deal with every patient and see nothing that a law keeps secret',
    source: SECRECY,
  },
  {
    id: 'sees-for-service',
    roles: ['technician', 'pharmacist'],
    labels: ['HIV', 'SEX', 'EMP', 'CEL', 'R'],
    vi: 'Xét nghiệm và cấp phát thuốc cần biết',
    en: 'Tests and dispensing need to know',
    source: 'Luật Phòng, chống HIV/AIDS 64/2006/QH11, Điều 30: người trực tiếp xét nghiệm, cấp thuốc',
  },
  {
    id: 'sees-for-claims',
    roles: ['insurance'],
    labels: ['HIV', 'PSY', 'ETH', 'SDV', 'SEX', 'EMP', 'CEL', 'R'],
    vi: 'Hồ sơ thanh toán BHYT phải đủ',
    en: 'Claims to social insurance have to be complete',
    source: 'Quyết định 3176/QĐ-BYT',
  },
  {
    id: 'sees-in-the-archive',
    roles: ['records'],
    labels: ['HIV', 'PSY', 'ETH', 'SDV', 'SEX', 'EMP', 'CEL', 'R'],
    vi: 'Phòng lưu trữ giữ mọi hồ sơ, trừ phần rất hạn chế',
    en: 'The record room keeps every record but what is very restricted',
    source: 'Luật Khám bệnh, chữa bệnh 15/2023/QH15, Điều 69',
  },
  {
    id: 'sees-own',
    roles: ['patient'],
    labels: ['HIV', 'PSY', 'ETH', 'SDV', 'SEX', 'EMP', 'CEL', 'R'],
    vi: 'Người bệnh thấy thông tin của mình',
    en: 'Patients see what is theirs',
    source: 'Luật Khám bệnh, chữa bệnh 15/2023/QH15, Điều 12',
  },
  {
    id: 'sees-as-representative',
    roles: ['representative'],
    labels: ['EMP', 'CEL', 'R'],
    vi: 'Người đại diện không thấy HIV, tâm thần, nghiện chất, bạo lực gia đình, sức khỏe sinh sản',
    en: 'Representatives see nothing of HIV, mental health, addiction, domestic violence, sexual health',
    source: SECRECY,
  },
]

const RECOMMENDED = 'Khuyến nghị, không phải luật: mở khẩn cấp có lý do, có thời hạn, có hậu kiểm'

const BREAK_GLASS: BreakGlass = {
  hours: 4,
  text: 10,
  reasons: [
    { code: 'emergency', vi: 'Cấp cứu', en: 'Emergency' },
    { code: 'consultation', vi: 'Hội chẩn ngoài khoa', en: 'Consultation from another department' },
    { code: 'on-call', vi: 'Trực thay, được gọi hỗ trợ', en: 'Called in to help' },
    { code: 'patient-request', vi: 'Người bệnh yêu cầu', en: 'The patient asked for it' },
  ],
  rules: [
    {
      id: 'glass-care',
      roles: ['doctor', 'nurse', 'head', 'technician', 'pharmacist'],
      reasons: ['emergency', 'consultation', 'on-call', 'patient-request'],
      labels: ['SEX', 'EMP', 'CEL', 'R'],
      vi: 'Người làm chuyên môn mở được hồ sơ không thuộc quan hệ điều trị',
      en: 'Clinical staff may open a record they have no relation with',
      source: RECOMMENDED,
    },
    {
      id: 'glass-secret',
      roles: ['doctor', 'head'],
      reasons: ['consultation', 'on-call', 'patient-request'],
      labels: ['HIV', 'PSY', 'ETH', 'SDV'],
      vi: 'Nội dung bí mật theo luật: chỉ bác sĩ, trưởng khoa',
      en: 'What a law keeps secret: doctors and heads only',
      source: SECRECY,
    },
    {
      id: 'glass-emergency',
      roles: ['doctor', 'nurse', 'head'],
      reasons: ['emergency'],
      labels: ['HIV', 'PSY', 'ETH', 'SDV'],
      vi: 'Cấp cứu: bác sĩ và điều dưỡng thấy điều cần biết',
      en: 'In an emergency doctors and nurses see what they need',
      source: RECOMMENDED,
    },
    {
      id: 'glass-very-restricted',
      roles: ['head'],
      reasons: ['emergency', 'consultation', 'on-call', 'patient-request'],
      labels: ['V'],
      vi: 'Phần rất hạn chế: chỉ trưởng khoa',
      en: 'What is very restricted: heads only',
      source: RECOMMENDED,
    },
  ],
}

/** Loopback, private and link-local addresses. @source RFC 1918, RFC 4193, RFC 4291, RFC 3927 */
const NETWORKS: Networks = {
  inside: ['127.0.0.0/8', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '::1/128', 'fc00::/7', 'fe80::/10'],
  exempt: ['patient', 'representative', 'integration'],
}

const GRANTS: readonly GrantRule[] = [
  {
    id: 'grant-authority',
    roles: ['guest', 'director'],
    purposes: ['HLEGAL', 'HOPERAT'],
    days: 30,
    never: ['V'],
    vi: 'Cơ quan điều tra, tòa án, thanh tra, giám định: theo văn bản, đúng mục đích, có thời hạn',
    en: 'Investigators, courts, inspectors: on paper, for their purpose, for a time',
    source: 'Luật Khám bệnh, chữa bệnh 15/2023/QH15, Điều 69 khoản 4 và 5',
  },
  {
    id: 'grant-payer',
    roles: ['guest', 'director'],
    purposes: ['HPAYMT'],
    days: 30,
    never: ['V'],
    vi: 'Bảo hiểm xã hội, cơ quan bồi thường: mượn đọc khi được đồng ý',
    en: 'Social insurance and compensation bodies read with agreement',
    source: 'Luật Khám bệnh, chữa bệnh 15/2023/QH15, Điều 69 khoản 4',
  },
  {
    id: 'grant-care',
    roles: ['guest', 'director'],
    purposes: ['TREAT', 'HRESCH'],
    days: 90,
    never: ['V', 'HIV', 'PSY', 'ETH', 'SDV'],
    vi: 'Người hành nghề cơ sở khác, học viên, nghiên cứu: khi cơ sở đồng ý',
    en: 'Practitioners of other facilities, students, researchers: with agreement',
    source: 'Luật Khám bệnh, chữa bệnh 15/2023/QH15, Điều 69 khoản 3',
  },
]

const REPRESENTATIONS: readonly Representation[] = [
  {
    id: 'represents-fully',
    relationships: ['GUARD', 'PRN', 'FTH', 'MTH', 'POWATT', 'HPOWATT'],
    role: 'patient',
    vi: 'Cha mẹ, người giám hộ, người được ủy quyền thay mặt người bệnh',
    en: 'Parents, guardians and attorneys act in the place of the patient',
    source: 'Luật Khám bệnh, chữa bệnh 15/2023/QH15, Điều 8 khoản 2, Điều 69 khoản 4 điểm đ',
  },
  {
    id: 'represents-otherwise',
    relationships: ['*'],
    role: 'representative',
    vi: 'Người đại diện khác chỉ nhận bản tóm tắt',
    en: 'Other representatives receive the summary only',
    source: 'Luật Khám bệnh, chữa bệnh 15/2023/QH15, Điều 69 khoản 4 điểm đ',
  },
]

export const DEFAULT_POLICY: Policy = {
  id: 'default',
  version: 1,
  from: '2025-07-21T00:00:00+07:00',
  until: null,
  title: { vi: 'Chính sách truy cập ban đầu của bệnh viện', en: 'The policy a hospital begins with' },
  lines: [...READING, ...COPYING_LINES, ...WRITING],
  clearances: CLEARANCES,
  breakGlass: BREAK_GLASS,
  networks: NETWORKS,
  grants: GRANTS,
  representations: REPRESENTATIONS,
}
