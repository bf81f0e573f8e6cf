/**
 * What doctors order as one line and the laboratory reports as one sheet.
 * Service codes: @source Quyết định 7603/QĐ-BYT (technical services), codes as used in insurance claims
 */
export interface Panel {
  readonly key: string
  readonly name: string
  readonly loinc?: string
  /** National service code where the panel is one service of that list. */
  readonly service?: string
  /** v2-0074 section: HM haematology, CH chemistry, MB microbiology. */
  readonly section: 'HM' | 'CH' | 'MB'
  readonly measures: readonly string[]
  /** Minutes from order to result. */
  readonly takes: number
}

const panel = (
  key: string,
  name: string,
  loinc: string,
  service: string,
  section: Panel['section'],
  takes: number,
  measures: string,
): Panel => ({
  key,
  name,
  loinc: loinc || undefined,
  service: service || undefined,
  section,
  takes,
  measures: measures.split(' '),
})

export const panels: readonly Panel[] = [
  panel(
    'bloodCount',
    'Tổng phân tích tế bào máu ngoại vi',
    '58410-2',
    '22.0121.1369',
    'HM',
    45,
    'wbc neutrophils lymphocytes rbc hemoglobin hematocrit mcv platelets',
  ),
  panel('coagulation', 'Đông máu cơ bản', '', '', 'HM', 70, 'inr aptt fibrinogen'),
  panel('basic', 'Sinh hóa máu cơ bản', '', '', 'CH', 75, 'glucose urea creatinine egfr ast alt'),
  panel('kidney', 'Chức năng thận', '', '', 'CH', 75, 'urea creatinine egfr uricAcid'),
  panel('liver', 'Chức năng gan', '24325-3', '', 'CH', 75, 'ast alt ggt bilirubin albumin protein'),
  panel('lipid', 'Bộ mỡ máu', '57698-3', '', 'CH', 75, 'cholesterol triglyceride hdl ldl'),
  panel('electrolytes', 'Điện giải đồ (Na, K, Cl)', '24326-1', '23.0058.1487', 'CH', 60, 'sodium potassium chloride'),
  panel('fastingGlucose', 'Định lượng glucose máu', '', '23.0075.1494', 'CH', 40, 'glucose'),
  panel('hba1c', 'Định lượng HbA1c', '', '23.0083.1523', 'CH', 90, 'hba1c'),
  panel('crp', 'Định lượng CRP', '', '23.0228.1483', 'CH', 60, 'crp'),
  panel('infection', 'CRP và Procalcitonin', '', '', 'CH', 90, 'crp procalcitonin'),
  panel('bloodGas', 'Khí máu động mạch', '24336-0', '23.0103.1531', 'CH', 20, 'ph pco2 po2 bicarbonate lactate'),
  panel('heart', 'Troponin T và NT-proBNP', '', '', 'CH', 60, 'troponin ntprobnp'),
  panel('thyroid', 'Chức năng tuyến giáp', '', '', 'CH', 120, 'tsh ft4'),
  panel('uricAcid', 'Định lượng acid uric', '', '23.0003.1494', 'CH', 60, 'uricAcid'),
  panel(
    'urine',
    'Tổng phân tích nước tiểu (bằng máy tự động)',
    '24357-6',
    '23.0206.1596',
    'CH',
    40,
    'urineGravity urinePh urineProtein urineGlucose urineLeukocytes urineNitrite urineKetones urineBlood',
  ),
  panel(
    'dialysisMonthly',
    'Bộ xét nghiệm lọc máu chu kỳ',
    '',
    '',
    'CH',
    120,
    'urea creatinine potassium sodium calcium phosphate albumin',
  ),
  panel('dialysisQuarterly', 'PTH và Ferritin', '', '', 'CH', 180, 'pth ferritin'),
  panel(
    'critical',
    'Sinh hóa máu hồi sức',
    '',
    '',
    'CH',
    60,
    'glucose urea creatinine ast alt bilirubin albumin sodium potassium chloride calcium magnesium phosphate',
  ),
]

/** A panel by its key; a misspelt key is a bug of the tables and stops the generator. */
export function panelOf(key: string): Panel {
  const found = panels.find((row) => row.key === key)
  if (!found) throw new Error(`No panel ${key}`)
  return found
}
