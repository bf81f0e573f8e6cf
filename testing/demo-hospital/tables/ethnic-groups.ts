/**
 * Ethnic groups met in this hospital, with the share of its patients in per mille.
 * @source Quyết định 121-TCTK/PPCĐ of 2 March 1979 (list of 54 peoples); two-digit codes as insurance tables use them
 */
export const ethnicGroups = [
  { code: '01', name: 'Kinh', weight: 930 },
  { code: '02', name: 'Tày', weight: 15 },
  { code: '03', name: 'Thái', weight: 10 },
  { code: '05', name: 'Khơ-me', weight: 4 },
  { code: '06', name: 'Mường', weight: 18 },
  { code: '07', name: 'Nùng', weight: 9 },
  { code: '08', name: 'HMông', weight: 6 },
  { code: '09', name: 'Dao', weight: 6 },
  { code: '12', name: 'Ê-đê', weight: 2 },
] as const
