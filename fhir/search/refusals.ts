import { no, type Refusal } from '#fhir/outcome'

/** What can be wrong with a search. Rule ids are kept in docs/rules/fhir-search.md; values are never repeated in a message. */
type Reason = (at: string) => Refusal

const about = (name: string) => JSON.stringify(name.length > 60 ? `${name.slice(0, 60)}…` : name)

export const unknownParameter: Reason = (at) =>
  no(
    'SEARCH-1',
    'not-supported',
    {
      vi: `Không có tham số tìm kiếm ${about(at)} cho loại tài nguyên này`,
      en: `This resource type has no search parameter ${about(at)}`,
    },
    at,
  )

export const unsupportedModifier: Reason = (at) =>
  no(
    'SEARCH-2',
    'not-supported',
    {
      vi: `Không hỗ trợ từ bổ nghĩa của ${about(at)}`,
      en: `The modifier of ${about(at)} is not supported for this parameter`,
    },
    at,
  )

export const emptyValue: Reason = (at) =>
  no(
    'SEARCH-3',
    'invalid',
    {
      vi: `Tham số ${about(at)} không có giá trị để tìm`,
      en: `The parameter ${about(at)} has no value to search for`,
    },
    at,
  )

export const badDate: Reason = (at) =>
  no(
    'SEARCH-4',
    'invalid',
    {
      vi: `Giá trị của ${about(at)} phải là ngày giờ như 2024, 2024-05, 2024-05-31 hoặc 2024-05-31T08:30+07:00, có thể thêm tiền tố eq, ne, gt, lt, ge, le, sa, eb, ap`,
      en: `The value of ${about(at)} must be a date such as 2024, 2024-05, 2024-05-31 or 2024-05-31T08:30+07:00, with an optional prefix eq, ne, gt, lt, ge, le, sa, eb, ap`,
    },
    at,
  )

export const badNumber: Reason = (at) =>
  no(
    'SEARCH-5',
    'invalid',
    {
      vi: `Giá trị của ${about(at)} phải là số, có thể thêm tiền tố eq, ne, gt, lt, ge, le, sa, eb, ap`,
      en: `The value of ${about(at)} must be a number, with an optional prefix eq, ne, gt, lt, ge, le, sa, eb, ap`,
    },
    at,
  )

export const badQuantity: Reason = (at) =>
  no(
    'SEARCH-6',
    'invalid',
    {
      vi: `Giá trị của ${about(at)} phải có dạng số, số||đơn vị hoặc số|hệ|mã`,
      en: `The value of ${about(at)} must be number, number||unit or number|system|code`,
    },
    at,
  )

export const badReference: Reason = (at) =>
  no(
    'SEARCH-7',
    'invalid',
    {
      vi: `Giá trị của ${about(at)} phải là mã, Loại/mã hoặc địa chỉ đầy đủ, tới loại mà tham số cho phép`,
      en: `The value of ${about(at)} must be id, Type/id or an absolute address, of a type the parameter allows`,
    },
    at,
  )

export const badToken: Reason = (at) =>
  no(
    'SEARCH-8',
    'invalid',
    {
      vi: `Giá trị của ${about(at)} phải có dạng mã, hệ|mã, |mã hoặc hệ|`,
      en: `The value of ${about(at)} must be code, system|code, |code or system|`,
    },
    at,
  )

export const badBoolean: Reason = (at) =>
  no(
    'SEARCH-9',
    'invalid',
    {
      vi: `Giá trị của ${about(at)} phải là true hoặc false`,
      en: `The value of ${about(at)} must be true or false`,
    },
    at,
  )

export const badComposite: Reason = (at) =>
  no(
    'SEARCH-10',
    'invalid',
    {
      vi: `Giá trị của ${about(at)} phải gồm đủ các phần, cách nhau bằng dấu $`,
      en: `The value of ${about(at)} must have all its parts, separated by $`,
    },
    at,
  )

export const badChain: Reason = (at) =>
  no(
    'SEARCH-11',
    'invalid',
    {
      vi: `Chuỗi ${about(at)} phải đi qua tham chiếu tới một loại xác định và dài nhất 3 bước`,
      en: `The chain ${about(at)} must go through references to a known type, at most 3 of them`,
    },
    at,
  )

export const badHas: Reason = (at) =>
  no(
    'SEARCH-12',
    'invalid',
    {
      vi: `${about(at)} phải có dạng _has:Loại:tham-chiếu:tham-số, lồng nhau nhiều nhất 3 lần`,
      en: `${about(at)} must be _has:Type:reference:parameter, nested at most 3 times`,
    },
    at,
  )

export const badInclude: Reason = (at) =>
  no(
    'SEARCH-13',
    'invalid',
    {
      vi: `Giá trị của ${about(at)} phải có dạng Loại:tham-số hoặc Loại:tham-số:Loại-đích`,
      en: `The value of ${about(at)} must be Type:parameter or Type:parameter:TargetType`,
    },
    at,
  )

export const badSort: Reason = (at) =>
  no(
    'SEARCH-14',
    'not-supported',
    {
      vi: `Không thể sắp xếp theo một tham số nêu trong ${about(at)}`,
      en: `One of the parameters in ${about(at)} cannot be sorted by`,
    },
    at,
  )

export const badCount: Reason = (at) =>
  no(
    'SEARCH-15',
    'invalid',
    {
      vi: `Giá trị của ${about(at)} phải là số nguyên không âm`,
      en: `The value of ${about(at)} must be a whole number, not negative`,
    },
    at,
  )

export const badChoice = (at: string, choices: readonly string[]): Refusal =>
  no(
    'SEARCH-16',
    'invalid',
    {
      vi: `Giá trị của ${about(at)} phải là một trong: ${choices.join(', ')}`,
      en: `The value of ${about(at)} must be one of: ${choices.join(', ')}`,
    },
    at,
  )

export const unknownValueSet: Reason = (at) =>
  no(
    'SEARCH-17',
    'not-supported',
    {
      vi: `Không khai triển được bộ giá trị nêu trong ${about(at)}`,
      en: `The value set named in ${about(at)} cannot be expanded here`,
    },
    at,
  )

export const notSupported: Reason = (at) =>
  no(
    'SEARCH-18',
    'not-supported',
    {
      vi: `Chưa hỗ trợ tham số ${about(at)}`,
      en: `The parameter ${about(at)} is not supported`,
    },
    at,
  )

export const tooMuch: Reason = (at) =>
  no(
    'SEARCH-19',
    'too-costly',
    {
      vi: `Yêu cầu tìm kiếm quá lớn ở ${about(at)}`,
      en: `The search asks for too much at ${about(at)}`,
    },
    at,
  )

export const badType: Reason = (at) =>
  no(
    'SEARCH-20',
    'invalid',
    {
      vi: `${about(at)} nêu một loại tài nguyên không có trong FHIR R4`,
      en: `${about(at)} names a resource type that FHIR R4 does not have`,
    },
    at,
  )

export const notOfSeveralTypes: Reason = (at) =>
  no(
    'SEARCH-21',
    'not-supported',
    {
      vi: `Không thể tìm theo ${about(at)} trên nhiều loại tài nguyên cùng lúc`,
      en: `${about(at)} cannot be asked of several resource types at once`,
    },
    at,
  )
