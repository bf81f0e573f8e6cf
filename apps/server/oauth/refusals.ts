/** What the OAuth server itself refuses on its own pages and commands. Explained in docs/rules/oauth.md. */
import { type IssueCode, no, type Refusal, type Sentence } from '#fhir/outcome'

interface Rule {
  readonly status: number
  readonly code: IssueCode
  readonly message: Sentence
}

const RULES: Readonly<Record<string, Rule>> = {
  'OAUTH-1': {
    status: 401,
    code: 'login',
    message: { vi: 'Cần đăng nhập trước', en: 'Sign in first' },
  },
  'OAUTH-2': {
    status: 400,
    code: 'expired',
    message: {
      vi: 'Yêu cầu của ứng dụng đã hết hạn hoặc mở ở trình duyệt khác. Hãy mở lại từ ứng dụng',
      en: 'The request of the app has expired or came from another browser. Open it from the app again',
    },
  },
  'OAUTH-3': {
    status: 403,
    code: 'security',
    message: {
      vi: 'Trang này không do Lành gửi cho bạn hoặc người đăng nhập đã đổi. Hãy tải lại trang',
      en: 'This form is not one that was shown to you, or somebody else is signed in now. Load the page again',
    },
  },
  'OAUTH-4': {
    status: 422,
    code: 'required',
    message: { vi: 'Chưa chọn người bệnh cho ứng dụng', en: 'The app needs a patient: choose one' },
  },
  'OAUTH-5': {
    status: 403,
    code: 'forbidden',
    message: { vi: 'Bạn không mở ứng dụng được cho người bệnh này', en: 'You cannot open the app on this patient' },
  },
  'OAUTH-6': {
    status: 404,
    code: 'not-found',
    message: { vi: 'Không có ứng dụng này', en: 'There is no such app' },
  },
  'OAUTH-7': {
    status: 422,
    code: 'not-supported',
    message: { vi: 'Ứng dụng này không mở được từ bệnh án', en: 'This app cannot be opened from a chart' },
  },
  'OAUTH-8': {
    status: 400,
    code: 'invalid',
    message: { vi: 'Yêu cầu mở ứng dụng không đúng dạng', en: 'The request to open an app is malformed' },
  },
  'OAUTH-9': {
    status: 403,
    code: 'security',
    message: { vi: 'Yêu cầu đến từ trang khác', en: 'The request comes from another site' },
  },
  'OAUTH-10': {
    status: 403,
    code: 'forbidden',
    message: { vi: 'Người bệnh được mở từ bệnh án không đổi được', en: 'The patient of the chart cannot be changed' },
  },
  'OAUTH-11': {
    status: 422,
    code: 'value',
    message: {
      vi: 'Địa chỉ của ứng dụng phải là https, http://localhost hoặc kiểu riêng có dấu chấm, không có # và *; dịch vụ nền thì không có',
      en: 'Addresses of an app are https, http://localhost or a scheme of its own with a dot, without # and *; a backend service has none',
    },
  },
  'OAUTH-12': {
    status: 422,
    code: 'value',
    message: {
      vi: 'Phạm vi quyền phải viết như patient/Observation.rs (SMART 2.2)',
      en: 'Scopes are written as patient/Observation.rs (SMART 2.2)',
    },
  },
  'OAUTH-13': {
    status: 422,
    code: 'value',
    message: {
      vi: 'Dịch vụ nền chỉ có phạm vi system/…, ứng dụng có người dùng thì không có',
      en: 'A backend service has system/… scopes only, an app with people has none of them',
    },
  },
  'OAUTH-14': {
    status: 422,
    code: 'required',
    message: {
      vi: 'Dịch vụ nền cần khóa công khai (JWKS), ứng dụng khác chỉ cần khi xác thực bằng khóa',
      en: 'A backend service needs public keys (JWKS); other apps have them only when they prove themselves with keys',
    },
  },
  'OAUTH-15': {
    status: 422,
    code: 'value',
    message: {
      vi: 'JWKS chỉ chứa khóa công khai RSA từ 2048 bit (RS384) hoặc P-384 (ES384), mỗi khóa có kid',
      en: 'A JWKS holds public keys only, RSA of 2048 bits or more (RS384) or P-384 (ES384), each with a kid',
    },
  },
  'OAUTH-16': {
    status: 403,
    code: 'forbidden',
    message: {
      vi: 'Chỉ người quản trị đã xác thực hai lớp được quản lý ứng dụng',
      en: 'Apps are the business of an administrator who signed in with two factors',
    },
  },
  'OAUTH-17': {
    status: 404,
    code: 'not-found',
    message: { vi: 'Không có quyền này hoặc đã kết thúc', en: 'There is no such grant, or it has ended' },
  },
}

/** @param rule id of the table above */
export const refusal = (rule: string): Refusal => no(rule, RULES[rule]!.code, RULES[rule]!.message)

export const statusOfRule = (rule: string): number => RULES[rule]!.status

/** Every rule, for the document and its test. */
export const OAUTH_RULES = RULES
