import { type IssueCode, no, type Refusal } from '#fhir/outcome'
import type { Account, Tried } from './types.ts'

type Line = readonly [code: IssueCode, vi: string, en: string]

/** What is refused, by the ids of docs/rules/sign-in.md. None says whether an account exists. */
export const RULES = {
  'SIGN-IN-1': [
    'login',
    'Thông tin đăng nhập không đúng; hãy thử lại hoặc dùng cách khác',
    'These sign-in details are not right; try again or use another way',
  ],
  'SIGN-IN-2': [
    'throttled',
    'Thử sai quá nhiều lần; hãy chờ một lát hoặc dùng khóa truy cập (passkey)',
    'Too many tries; wait a while or use a passkey',
  ],
  'SIGN-IN-3': [
    'login',
    'Bạn chưa đăng nhập hoặc phiên đã kết thúc',
    'You are not signed in, or the session has ended',
  ],
  'SIGN-IN-4': [
    'login',
    'Màn hình đang khóa; hãy mở bằng PIN hoặc khóa truy cập',
    'Locked: open with a PIN or a passkey',
  ],
  'SIGN-IN-5': ['forbidden', 'Vai trò của bạn không có quyền này', 'Your roles do not include this right'],
  'SIGN-IN-6': ['forbidden', 'Việc này cần đăng nhập bằng hai yếu tố', 'This needs a sign-in with two factors'],
  'SIGN-IN-7': [
    'forbidden',
    'Yêu cầu đến từ trang khác nên bị từ chối',
    'The request comes from another site and is refused',
  ],
  'SIGN-IN-8': ['structure', 'Yêu cầu không đúng dạng', 'The request does not have the expected form'],
  'SIGN-IN-9': [
    'value',
    'Mật khẩu cần ít nhất 8 ký tự (ít nhất 15 nếu không có yếu tố thứ hai) và nhiều nhất 256',
    'A password has at least 8 characters (at least 15 without a second factor) and at most 256',
  ],
  'SIGN-IN-10': [
    'value',
    'Mật khẩu này quá dễ đoán hoặc chứa tên của bạn',
    'This password is easily guessed or contains your name',
  ],
  'SIGN-IN-11': [
    'value',
    'PIN gồm 4 đến 6 chữ số, không trùng lặp hay liên tiếp như 1111, 1234',
    'A PIN has 4 to 6 digits that do not repeat or count, as 1111 or 1234 do',
  ],
  'SIGN-IN-12': [
    'expired',
    'Liên kết này đã dùng, đã hết hạn hoặc không đúng; hãy xin liên kết mới',
    'This link was used, has expired or is not right: ask for a new one',
  ],
  'SIGN-IN-13': [
    'duplicate',
    'Tên đăng nhập gồm 3 đến 64 chữ cái không dấu, chữ số, dấu chấm, gạch ngang và chưa ai dùng',
    'A login has 3 to 64 plain letters, digits, dots and dashes, and nobody has it yet',
  ],
  'SIGN-IN-14': ['expired', 'Bước đăng nhập đã hết hạn; hãy bắt đầu lại', 'This step has expired: start again'],
  'SIGN-IN-15': [
    'conflict',
    'Không thể bỏ cách đăng nhập hay quản trị viên cuối cùng',
    'The last way in and the last administrator cannot be taken away',
  ],
  'SIGN-IN-16': [
    'security',
    'Hãy xác nhận lại bằng mật khẩu hoặc khóa truy cập trước khi làm việc này',
    'Confirm with your password or passkey first',
  ],
  'SIGN-IN-17': ['not-found', 'Không tìm thấy', 'There is no such thing here'],
  'SIGN-IN-18': [
    'security',
    'Chỉ đăng nhập được qua HTTPS hoặc trên chính máy chủ',
    'Sign-in needs HTTPS, except on the server itself',
  ],
  'SIGN-IN-19': [
    'value',
    'Khóa truy cập không được chấp nhận; hãy tạo lại',
    'The passkey was not accepted: make it again',
  ],
  'SIGN-IN-20': [
    'value',
    'Mã không khớp; hãy kiểm tra giờ của điện thoại và nhập mã mới',
    'The code does not fit: check the clock of the phone and type a new one',
  ],
  'SIGN-IN-21': [
    'value',
    'Vai trò, phạm vi, thời hạn hay người trong hồ sơ không hợp lệ',
    'A role, its scope or time, or the person in the record is not valid',
  ],
  'SIGN-IN-22': ['not-found', 'Không có ở chế độ này', 'Not in this mode'],
  'SIGN-IN-23': ['transient', 'Máy chủ đang bận; hãy thử lại sau vài giây', 'The server is busy: try again in seconds'],
  'SIGN-IN-24': [
    'login',
    'Sai PIN quá 5 lần; hãy đăng nhập đầy đủ',
    'Five wrong PINs: sign in with your password or passkey',
  ],
} as const satisfies Readonly<Record<string, Line>>

export type SignInRule = keyof typeof RULES

/** @param at member of what was sent */
export function signInRefusal(rule: SignInRule, at?: string): Refusal {
  const [code, vi, en] = RULES[rule]
  return no(rule, code, { vi, en }, at)
}

/** @param reason a word for the audit; the caller is never told */
export const notIn = (rule: SignInRule, account: Account | null, reason: string): Tried<never> => ({
  ok: false,
  refusals: [signInRefusal(rule)],
  account,
  reason,
})
