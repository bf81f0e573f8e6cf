/**
 * National immunisation schedule of the first years, as age in months. CVX codes of the components given.
 * @source Thông tư 10/2024/TT-BYT (compulsory vaccines of the expanded programme), http://hl7.org/fhir/sid/cvx
 */
export const childVaccines = [
  { months: 0, cvx: '19', name: 'Vắc xin lao (BCG)', disease: 'Lao', dose: 1 },
  { months: 0, cvx: '08', name: 'Vắc xin viêm gan B sơ sinh', disease: 'Viêm gan B', dose: 1 },
  { months: 2, cvx: '102', name: 'Vắc xin DPT-VGB-Hib', disease: 'Bạch hầu, ho gà, uốn ván, viêm gan B, Hib', dose: 1 },
  { months: 3, cvx: '102', name: 'Vắc xin DPT-VGB-Hib', disease: 'Bạch hầu, ho gà, uốn ván, viêm gan B, Hib', dose: 2 },
  { months: 4, cvx: '102', name: 'Vắc xin DPT-VGB-Hib', disease: 'Bạch hầu, ho gà, uốn ván, viêm gan B, Hib', dose: 3 },
  { months: 5, cvx: '10', name: 'Vắc xin bại liệt tiêm (IPV)', disease: 'Bại liệt', dose: 1 },
  { months: 9, cvx: '05', name: 'Vắc xin sởi', disease: 'Sởi', dose: 1 },
  { months: 12, cvx: '39', name: 'Vắc xin viêm não Nhật Bản', disease: 'Viêm não Nhật Bản', dose: 1 },
  { months: 18, cvx: '04', name: 'Vắc xin sởi – rubella (MR)', disease: 'Sởi, rubella', dose: 2 },
] as const

/** Seasonal influenza for the old and the chronically ill. */
export const influenzaVaccine = { cvx: '141', name: 'Vắc xin cúm mùa (bất hoạt)', disease: 'Cúm mùa' } as const
