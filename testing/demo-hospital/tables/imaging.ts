import type { DepartmentKey } from './departments.ts'

/**
 * Imaging and function tests with the text a reader would dictate.
 * Service codes: @source Quyết định 7603/QĐ-BYT
 */
export interface Study {
  readonly key: string
  readonly service: string
  readonly name: string
  readonly department: DepartmentKey
  readonly room: string
  /** v2-0074: RAD radiograph, RUS ultrasound, CT, EC electrocardiogram, CUS cardiac ultrasound, OTH other. */
  readonly section: 'RAD' | 'RUS' | 'CT' | 'EC' | 'CUS' | 'OTH'
  readonly findings: readonly string[]
  readonly conclusion: readonly string[]
}

const study = (
  key: string,
  service: string,
  name: string,
  place: readonly [DepartmentKey, string],
  section: Study['section'],
  findings: readonly string[],
  conclusion: readonly string[],
): Study => ({ key, service, name, department: place[0], room: place[1], section, findings, conclusion })

const xray = ['imaging', 'Phòng X-quang 1'] as const
const ultrasound = ['imaging', 'Phòng siêu âm 1'] as const
const heart = ['function', 'Phòng điện tim'] as const
const scope = ['function', 'Phòng nội soi'] as const
const ct = ['imaging', 'Phòng CT'] as const

export const studies: readonly Study[] = [
  study(
    'chestXray',
    '18.0119.0028',
    'Chụp Xquang ngực thẳng',
    xray,
    'RAD',
    [
      'Hai trường phổi sáng đều, không thấy đám mờ khu trú. Bóng tim không to. Góc sườn hoành hai bên nhọn.',
      'Rốn phổi hai bên đậm nhẹ. Nhu mô phổi không thấy tổn thương khu trú. Bóng tim bình thường.',
    ],
    ['Hình ảnh tim phổi bình thường.', 'Chưa thấy bất thường trên phim Xquang ngực thẳng.'],
  ),
  study(
    'chestXrayPneumonia',
    '18.0119.0028',
    'Chụp Xquang ngực thẳng',
    xray,
    'RAD',
    [
      'Đám mờ không đồng nhất thùy dưới phổi phải, có hình phế quản hơi. Góc sườn hoành phải tù nhẹ.',
      'Nhiều nốt mờ rải rác hai đáy phổi, tập trung cạnh rốn phổi. Bóng tim không to.',
    ],
    ['Hình ảnh viêm phổi thùy dưới phổi phải.', 'Hình ảnh viêm phế quản phổi.'],
  ),
  study(
    'chestXrayHeart',
    '18.0119.0028',
    'Chụp Xquang ngực thẳng',
    xray,
    'RAD',
    ['Bóng tim to, chỉ số tim – ngực 0,62. Tái phân bố tuần hoàn phổi lên đỉnh, mờ góc sườn hoành hai bên.'],
    ['Bóng tim to, ứ huyết phổi, tràn dịch màng phổi hai bên lượng ít.'],
  ),
  study(
    'lumbarXray',
    '18.0091.0029',
    'Chụp Xquang cột sống thắt lưng thẳng nghiêng',
    xray,
    'RAD',
    ['Gai xương bờ trước thân đốt L3, L4, L5. Hẹp khe liên đốt L5-S1. Đường cong sinh lý giảm.'],
    ['Thoái hóa cột sống thắt lưng.'],
  ),
  study(
    'kneeXray',
    '18.0112.0029',
    'Chụp Xquang khớp gối thẳng, nghiêng hoặc chếch',
    xray,
    'RAD',
    ['Hẹp khe khớp đùi chày trong hai bên, gai xương bờ mâm chày, đặc xương dưới sụn.'],
    ['Thoái hóa khớp gối hai bên giai đoạn II–III.'],
  ),
  study(
    'hipXray',
    '18.0109.0028',
    'Chụp Xquang khớp háng thẳng hai bên',
    xray,
    'RAD',
    ['Mất liên tục cổ xương đùi phải, di lệch lên trên và ra ngoài. Mật độ xương giảm.'],
    ['Gãy cổ xương đùi phải, Garden III. Loãng xương.'],
  ),
  study(
    'wristXray',
    '18.0107.0028',
    'Chụp Xquang xương cổ tay thẳng, nghiêng hoặc chếch',
    xray,
    'RAD',
    ['Gãy đầu dưới xương quay trái, di lệch ra sau, có mảnh rời bờ sau.'],
    ['Gãy đầu dưới xương quay trái kiểu Pouteau-Colles.'],
  ),
  study(
    'abdomenUltrasound',
    '18.0015.0001',
    'Siêu âm ổ bụng (gan mật, tụy, lách, thận, bàng quang)',
    ultrasound,
    'RUS',
    [
      'Gan kích thước bình thường, nhu mô đều, bờ đều. Túi mật không sỏi. Tụy, lách bình thường. Hai thận không ứ nước, không sỏi. Không dịch ổ bụng.',
      'Gan tăng âm nhẹ, không khối khu trú. Túi mật thành mỏng. Hai thận bình thường. Không dịch tự do.',
    ],
    ['Hiện tại chưa thấy bất thường trên siêu âm ổ bụng.', 'Gan nhiễm mỡ độ I.'],
  ),
  study(
    'abdomenUltrasoundAppendix',
    '18.0015.0001',
    'Siêu âm ổ bụng (gan mật, tụy, lách, thận, bàng quang)',
    ultrasound,
    'RUS',
    ['Hố chậu phải có cấu trúc ống tiêu hóa đường kính 9 mm, ấn không xẹp, thâm nhiễm mỡ xung quanh, ít dịch.'],
    ['Hình ảnh viêm ruột thừa cấp.'],
  ),
  study(
    'abdomenUltrasoundGallstone',
    '18.0015.0001',
    'Siêu âm ổ bụng (gan mật, tụy, lách, thận, bàng quang)',
    ultrasound,
    'RUS',
    [
      'Túi mật kích thước bình thường, trong lòng có hình đậm âm 15 mm kèm bóng cản, thành không dày. Ống mật chủ 5 mm.',
    ],
    ['Sỏi túi mật.'],
  ),
  study(
    'abdomenUltrasoundPancreas',
    '18.0015.0001',
    'Siêu âm ổ bụng (gan mật, tụy, lách, thận, bàng quang)',
    ultrasound,
    'RUS',
    ['Tụy to toàn bộ, giảm âm không đều, thâm nhiễm mỡ quanh tụy, ít dịch khoang gan thận. Túi mật không sỏi.'],
    ['Hình ảnh viêm tụy cấp.'],
  ),
  study(
    'thyroidUltrasound',
    '18.0001.0001',
    'Siêu âm tuyến giáp',
    ultrasound,
    'RUS',
    ['Tuyến giáp to lan tỏa hai thùy, nhu mô giảm âm, tăng sinh mạch. Không nhân khu trú.'],
    ['Bướu giáp lan tỏa tăng sinh mạch.'],
  ),
  study(
    'pregnancyUltrasound',
    '18.0036.0001',
    'Siêu âm thai nhi trong 3 tháng cuối',
    ['obstetrics', 'Phòng khám thai'],
    'RUS',
    ['Một thai trong buồng tử cung, ngôi đầu, tim thai đều. Rau bám mặt trước, độ trưởng thành II. Chỉ số ối 12 cm.'],
    ['Một thai sống phát triển phù hợp tuổi thai.'],
  ),
  study(
    'echocardiogram',
    '18.0052.0004',
    'Siêu âm Doppler tim, van tim',
    heart,
    'CUS',
    [
      'Thất trái không giãn, EF 58 %. Giảm vận động nhẹ thành dưới. Hở van hai lá nhẹ. Không dịch màng ngoài tim.',
      'Thất trái giãn (Dd 58 mm), EF 38 %. Hở van hai lá vừa. Áp lực động mạch phổi 42 mmHg.',
    ],
    ['Chức năng tâm thu thất trái bảo tồn, hở hai lá nhẹ.', 'Giãn thất trái, chức năng tâm thu giảm.'],
  ),
  study(
    'ecg',
    '21.0014.1778',
    'Điện tim thường',
    heart,
    'EC',
    [
      'Nhịp xoang đều 76 chu kỳ/phút, trục trung gian, không rối loạn tái cực.',
      'Nhịp xoang 82 chu kỳ/phút, dày thất trái theo Sokolow-Lyon.',
    ],
    ['Điện tâm đồ trong giới hạn bình thường.', 'Dày thất trái.'],
  ),
  study(
    'ecgInfarction',
    '21.0014.1778',
    'Điện tim thường',
    heart,
    'EC',
    ['Nhịp xoang 92 chu kỳ/phút, ST chênh lên 3 mm ở V1–V4, soi gương ở DII, DIII, aVF.'],
    ['Nhồi máu cơ tim cấp vùng trước vách có ST chênh lên.'],
  ),
  study(
    'headCtStroke',
    '18.0149.0040',
    'Chụp CLVT sọ não không tiêm thuốc cản quang',
    ct,
    'CT',
    [
      'Giảm tỷ trọng vùng thái dương đỉnh trái, mất phân biệt chất trắng chất xám. Đường giữa không di lệch. Không thấy máu tụ.',
    ],
    ['Nhồi máu não bán cầu trái giai đoạn cấp.'],
  ),
  study(
    'chestCt',
    '18.0191.0040',
    'Chụp CLVT lồng ngực không tiêm thuốc cản quang',
    ct,
    'CT',
    ['Đông đặc hai thùy dưới có hình phế quản hơi, kính mờ lan tỏa hai bên. Tràn dịch màng phổi hai bên lượng ít.'],
    ['Viêm phổi hai bên nặng, phù hợp hội chứng suy hô hấp cấp tiến triển.'],
  ),
  study(
    'gastroscopy',
    '02.0305.0135',
    'Nội soi thực quản - dạ dày - tá tràng không sinh thiết',
    scope,
    'OTH',
    [
      'Thực quản bình thường. Niêm mạc hang vị xung huyết, phù nề, không loét. Hành tá tràng bình thường. CLO-test âm tính.',
      'Tâm vị đóng không kín. Niêm mạc hang vị xung huyết dạng nốt. CLO-test dương tính.',
    ],
    ['Viêm dạ dày hang vị xung huyết.', 'Viêm dạ dày hang vị, Helicobacter pylori dương tính.'],
  ),
  study(
    'gastroscopyUlcer',
    '02.0305.0135',
    'Nội soi thực quản - dạ dày - tá tràng không sinh thiết',
    scope,
    'OTH',
    [
      'Ổ loét hành tá tràng mặt trước 8 mm, đáy có điểm mạch lộ, đang rỉ máu. Đã tiêm adrenalin và kẹp 1 clip, ngừng chảy.',
    ],
    ['Loét hành tá tràng chảy máu Forrest Ib, đã cầm máu.'],
  ),
]

/** A study by its key; a misspelt key is a bug of the tables and stops the generator. */
export function studyOf(key: string): Study {
  const found = studies.find((row) => row.key === key)
  if (!found) throw new Error(`No study ${key}`)
  return found
}
