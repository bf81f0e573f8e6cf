import type { Sentence } from '#fhir/outcome'

/** What a reply to a card look-up means. */
export interface CardReply {
  /** usable: the card may be used today · replaced: there is a newer one · unusable · unknown: nothing was said about the card */
  readonly means: 'usable' | 'replaced' | 'unusable' | 'unknown'
  /** Vietnamese for the desk: what it is, and what to do */
  readonly message: Sentence
}

const reply = (means: CardReply['means'], vi: string, en: string): CardReply => ({ means, message: { vi, en } })

const WRONG_NUMBER = 'Kiểm tra lại số thẻ hoặc số định danh cá nhân với giấy tờ của người bệnh'

/** @source BHXH letters 3190 of 2023 and 1245 of 2024 (codes of KQNhanLichSuKCB2024) */
export const CARD_REPLIES: Readonly<Record<string, CardReply>> = {
  '000': reply('usable', 'Thẻ còn giá trị sử dụng', 'The card is valid'),
  '001': reply(
    'usable',
    'Thẻ do Bộ Quốc phòng quản lý: kiểm tra giấy tờ tùy thân của người bệnh',
    'Army card: check the identity paper',
  ),
  '002': reply(
    'usable',
    'Thẻ do Bộ Công an quản lý: kiểm tra giấy tờ tùy thân của người bệnh',
    'Police card: check the identity paper',
  ),
  '003': reply(
    'replaced',
    'Thẻ cũ đã hết hạn, người bệnh đã được cấp thẻ mới: dùng thẻ mới',
    'The old card expired, a new one was issued',
  ),
  '004': reply(
    'replaced',
    'Thẻ cũ còn hạn nhưng người bệnh đã được cấp thẻ mới: dùng thẻ mới',
    'The old card is valid still, a new one was issued',
  ),
  '010': reply('unusable', 'Thẻ đã hết giá trị sử dụng', 'The card has expired'),
  '050': reply('unknown', `Không tìm thấy thông tin thẻ. ${WRONG_NUMBER}`, 'Nothing is known of this card'),
  '051': reply('unusable', `Mã thẻ không đúng. ${WRONG_NUMBER}`, 'The number of the card is wrong'),
  '052': reply(
    'unusable',
    `Mã tỉnh cấp thẻ (ký tự 4 và 5) không đúng. ${WRONG_NUMBER}`,
    'The province in the number is wrong',
  ),
  '053': reply(
    'unusable',
    `Mã quyền lợi (ký tự 3) không đúng. ${WRONG_NUMBER}`,
    'The benefit digit in the number is wrong',
  ),
  '054': reply(
    'unknown',
    'Số định danh của nhân viên tra cứu chưa được đăng ký với BHXH',
    'The employee who asks is not registered',
  ),
  '055': reply(
    'unknown',
    'Họ tên nhân viên tra cứu không khớp với số định danh đã đăng ký',
    'The name of the employee who asks does not match',
  ),
  '060': reply('unusable', 'Họ tên không khớp với thẻ: kiểm tra lại họ tên', 'The name does not match the card'),
  '061': reply(
    'unusable',
    'Họ tên không khớp với thẻ (đúng ký tự đầu): kiểm tra lại họ tên',
    'The name does not match the card, its beginning does',
  ),
  '070': reply(
    'unusable',
    'Ngày sinh không khớp với thẻ: kiểm tra lại ngày sinh',
    'The date of birth does not match the card',
  ),
  '100': reply('unknown', 'Cổng BHXH báo lỗi dữ liệu: thử lại sau', 'The portal reports an error in its data'),
  '101': reply('unknown', 'Cổng BHXH báo lỗi máy chủ: thử lại sau', 'The portal reports an error of its server'),
  '110': reply('unusable', 'Thẻ đã bị thu hồi', 'The card was revoked'),
  '120': reply('unusable', 'Thẻ đã báo giảm', 'The card was reported as reduced'),
  '121': reply('unusable', 'Thẻ đã báo giảm: người bệnh chuyển ngoại tỉnh', 'Reduced: moved to another province'),
  '122': reply('unusable', 'Thẻ đã báo giảm: người bệnh chuyển nội tỉnh', 'Reduced: moved within the province'),
  '123': reply(
    'unusable',
    'Thẻ đã báo giảm: người bệnh được báo tăng lại tại đơn vị khác',
    'Reduced: added again elsewhere',
  ),
  '124': reply('unusable', 'Thẻ đã báo giảm: người bệnh ngừng tham gia', 'Reduced: no longer insured'),
  '130': reply(
    'unknown',
    'Trẻ em chưa có thẻ: dùng giấy chứng sinh hoặc giấy khai sinh',
    'A child without a card: use its birth paper',
  ),
  '205': reply(
    'unknown',
    'Thông tin gửi lên cổng chưa đúng: kiểm tra số thẻ, họ tên và ngày sinh',
    'What was sent is not as the portal wants it',
  ),
  '401': reply(
    'unknown',
    'Cổng BHXH không nhận tài khoản của cơ sở: báo người quản trị',
    'The portal does not accept the account',
  ),
}

/** @param code maKetQua @returns a sentence for codes that nobody described, too */
export const cardReply = (code: string): CardReply =>
  CARD_REPLIES[code] ??
  reply(
    'unknown',
    `Cổng BHXH trả lời mã ${code}, chưa có giải thích`,
    `The portal answered ${code}, which is not described`,
  )
