/**
 * What is measured at the bedside and in the laboratory: code, unit, reference interval, and how a healthy adult's
 * values are spread. Reference intervals are those commonly printed by Vietnamese laboratories; each hospital sets its own.
 *
 * Columns: key | LOINC | Vietnamese name | unit as printed | UCUM | decimals | reference men | reference women (empty:
 * same) | healthy mean men/women | spread between people | spread between two measurements | lowest/highest possible
 * @source https://loinc.org (codes), https://ucum.org (units)
 */
const rows = `
pulse|8867-4|Mạch|lần/phút|/min|0|60-100||76/79|7|4|30/190
temperature|8310-5|Nhiệt độ|°C|Cel|1|36.1-37.2||36.7/36.7|0.1|0.15|34/41.5
respiration|9279-1|Nhịp thở|lần/phút|/min|0|16-20||18/18|0.8|0.8|8/50
saturation|59408-5|SpO2|%|%|0|95-100||98/98|0.5|0.5|70/100
systolic|8480-6|Huyết áp tâm thu|mmHg|mm[Hg]|0|90-139||119/115|7|5|60/240
diastolic|8462-4|Huyết áp tâm trương|mmHg|mm[Hg]|0|60-89||75/72|5|4|30/130
weight|29463-7|Cân nặng|kg|kg|1|||63/53|8|0.3|1.5/140
height|8302-2|Chiều cao|cm|cm|0|||166/155|5|0|40/195
bmi|39156-5|BMI|kg/m²|kg/m2|1|18.5-22.9||22/22|0|0|10/60
pain|72514-3|Điểm đau (0–10)|điểm|{score}|0|0-3||0/0|0|0.4|0/10
glasgow|9269-2|Điểm Glasgow|điểm|{score}|0|15-15||15/15|0|0|3/15
urineOutput|3167-4|Lượng nước tiểu 24 giờ|mL|mL|0|800-2000||1500/1400|150|200|0/5000
oxygen|3150-6|FiO2|%|%|0|||21/21|0|0|21/100
wbc|6690-2|Số lượng bạch cầu (WBC)|G/L|10*9/L|2|4-10||6.8/6.6|0.9|0.6|0.4/60
neutrophils|770-8|Tỷ lệ bạch cầu trung tính (NEUT%)|%|%|1|45-75||58/58|4|3|5/97
lymphocytes|736-9|Tỷ lệ bạch cầu lympho (LYM%)|%|%|1|20-45||31/31|3|2.5|1/90
rbc|789-8|Số lượng hồng cầu (RBC)|T/L|10*12/L|2|4.2-5.8|3.9-5.2|4.9/4.5|0.25|0.1|1.5/7.5
hemoglobin|718-7|Huyết sắc tố (HGB)|g/L|g/L|0|130-170|120-155|147/132|6|3|35/220
hematocrit|4544-3|Hematocrit (HCT)|%|%|1|39-50|36-46|44/39.5|1.8|1|12/65
mcv|787-2|Thể tích trung bình hồng cầu (MCV)|fL|fL|1|80-100||89/88|3|0.8|55/125
platelets|777-3|Số lượng tiểu cầu (PLT)|G/L|10*9/L|0|150-400||248/262|38|15|4/900
glucose|14749-6|Glucose máu|mmol/L|mmol/L|1|3.9-6.4||5.2/5.1|0.3|0.3|1.5/40
hba1c|4548-4|HbA1c|%|%|1|4-5.7||5.3/5.3|0.2|0.1|3.5/16
urea|22664-7|Urê|mmol/L|mmol/L|1|2.5-7.5||5/4.5|0.7|0.5|0.8/60
creatinine|14682-9|Creatinin|µmol/L|umol/L|0|62-106|44-88|82/65|7|4|15/1600
egfr|98979-8|Mức lọc cầu thận (eGFR)|mL/phút/1,73 m²|mL/min/{1.73_m2}|0|60-150||100/100|0|0|2/150
uricAcid|14933-6|Acid uric|µmol/L|umol/L|0|202-416|143-340|340/265|35|20|60/1100
ast|1920-8|AST (GOT)|U/L|U/L|0|5-40|5-37|24/21|4|3|5/4000
alt|1742-6|ALT (GPT)|U/L|U/L|0|5-41|5-33|24/18|5|3|4/4000
ggt|2324-2|GGT|U/L|U/L|0|8-61|5-36|27/18|7|3|4/2500
bilirubin|14631-6|Bilirubin toàn phần|µmol/L|umol/L|1|3.4-17.1||10/9|2|1.2|1.5/500
protein|2885-2|Protein toàn phần|g/L|g/L|0|64-83||73/73|2.5|1.5|35/120
albumin|1751-7|Albumin|g/L|g/L|1|35-50||43/42|1.8|1|12/60
cholesterol|14647-2|Cholesterol toàn phần|mmol/L|mmol/L|2|3.1-5.2||4.7/4.7|0.4|0.15|1/15
triglyceride|14927-8|Triglycerid|mmol/L|mmol/L|2|0.46-1.88||1.3/1.1|0.25|0.2|0.2/30
hdl|14646-4|HDL-cholesterol|mmol/L|mmol/L|2|0.9-2|1.15-2.2|1.25/1.45|0.15|0.06|0.3/3
ldl|22748-8|LDL-cholesterol|mmol/L|mmol/L|2|0-3.4||2.8/2.7|0.35|0.12|0.3/10
sodium|2951-2|Natri (Na⁺)|mmol/L|mmol/L|0|135-145||140/140|1|1.2|105/175
potassium|2823-3|Kali (K⁺)|mmol/L|mmol/L|1|3.5-5||4.1/4.1|0.15|0.2|1.8/8.5
chloride|2075-0|Clo (Cl⁻)|mmol/L|mmol/L|0|98-107||102/102|1.2|1.2|75/135
calcium|2000-8|Calci toàn phần|mmol/L|mmol/L|2|2.15-2.55||2.34/2.32|0.05|0.04|1.2/4
phosphate|14879-1|Phospho|mmol/L|mmol/L|2|0.81-1.45||1.1/1.12|0.1|0.06|0.2/4
magnesium|2601-3|Magnesi|mmol/L|mmol/L|2|0.66-1.07||0.85/0.85|0.05|0.03|0.3/3
ferritin|2276-4|Ferritin|ng/mL|ng/mL|0|30-400|13-150|150/60|40|10|1/5000
pth|2731-8|PTH|pg/mL|pg/mL|0|15-65||40/40|8|4|1/3000
crp|1988-5|CRP|mg/L|mg/L|1|0-5||1.6/1.6|0.8|0.5|0.1/450
procalcitonin|33959-8|Procalcitonin|ng/mL|ng/mL|2|0-0.5||0.05/0.05|0.01|0.01|0.02/120
lactate|2524-7|Lactat|mmol/L|mmol/L|1|0.5-2.2||1.1/1.1|0.2|0.2|0.3/25
troponin|67151-1|Troponin T hs|ng/L|ng/L|0|0-14||5/4|1.5|1|3/10000
ntprobnp|33762-6|NT-proBNP|pg/mL|pg/mL|0|0-125||50/60|18|10|5/35000
inr|6301-6|INR||1|2|0.8-1.2||1/1|0.04|0.03|0.7/12
aptt|14979-9|APTT|giây|s|1|25-36||30/30|1.5|1|18/180
fibrinogen|3255-7|Fibrinogen|g/L|g/L|2|2-4||2.9/3|0.3|0.2|0.5/9
tsh|3016-3|TSH|mIU/L|m[IU]/L|2|0.27-4.2||1.9/2|0.5|0.2|0.01/100
ft4|14920-3|FT4|pmol/L|pmol/L|1|12-22||16/16|1.3|0.6|2/80
ph|2744-1|pH máu động mạch||[pH]|2|7.35-7.45||7.4/7.4|0.01|0.01|6.8/7.7
pco2|2019-8|PaCO2|mmHg|mm[Hg]|0|35-45||40/39|1.5|1.5|15/120
po2|2703-7|PaO2|mmHg|mm[Hg]|0|80-100||92/92|2.5|3|30/400
bicarbonate|1960-4|HCO3⁻|mmol/L|mmol/L|1|22-26||24/24|0.6|0.6|5/45
urineGravity|5811-5|Tỷ trọng nước tiểu||1|3|1.005-1.03||1.016/1.016|0.002|0.003|1/1.06
urinePh|5803-2|pH nước tiểu||[pH]|1|5-8||6/6|0.3|0.4|4.5/9`

const graded = ['Âm tính', 'Vết', 'Dương tính (1+)', 'Dương tính (2+)']
const yesOrNo = ['Âm tính', 'Dương tính', 'Dương tính', 'Dương tính']

/** Dipstick results: a hidden strength from 0 to 3 picks the word. Columns: key | LOINC | name */
const dipstickRows = `
urineProtein|20454-5|Protein niệu
urineGlucose|25428-4|Glucose niệu
urineLeukocytes|5799-2|Bạch cầu niệu
urineNitrite|5802-4|Nitrit niệu
urineKetones|2514-8|Ceton niệu
urineBlood|5794-3|Hồng cầu niệu`

export interface Measure {
  readonly key: string
  readonly loinc: string
  readonly name: string
  readonly unit: string
  readonly ucum: string
  readonly decimals: number
  /** Reference interval of an adult, when there is one. */
  readonly reference: { readonly male?: Interval; readonly female?: Interval }
  readonly mean: { readonly male: number; readonly female: number }
  readonly betweenPeople: number
  readonly betweenReadings: number
  readonly lowest: number
  readonly highest: number
  /** Words for rising strength, for results that are not numbers. */
  readonly words?: readonly string[]
}

export interface Interval {
  readonly low: number
  readonly high: number
}

const interval = (text: string | undefined): Interval | undefined => {
  const [low, high] = (text ?? '').split('-').map(Number)
  return high === undefined || low === undefined ? undefined : { low, high }
}

const lines = (table: string): string[][] =>
  table
    .trim()
    .split('\n')
    .map((line) => line.split('|'))

const numeric = lines(rows).map((cells): Measure => {
  const [key = '', loinc = '', name = '', unit = '', ucum = '', decimals, men, women, mean = '', people, readings] =
    cells
  const [male = 0, female = male] = mean.split('/').map(Number)
  const [lowest = 0, highest = Infinity] = (cells[11] ?? '').split('/').map(Number)
  const reference = { male: interval(men), female: interval(women || men) }
  const spread = { betweenPeople: Number(people), betweenReadings: Number(readings) }
  return {
    key,
    loinc,
    name,
    unit,
    ucum,
    decimals: Number(decimals),
    reference,
    mean: { male, female },
    ...spread,
    lowest,
    highest,
  }
})

const dipstick = lines(dipstickRows).map(([key = '', loinc = '', name = '']): Measure => ({
  key,
  loinc,
  name,
  unit: '',
  ucum: '',
  decimals: 0,
  reference: {},
  mean: { male: 0, female: 0 },
  betweenPeople: 0,
  betweenReadings: 0.24,
  lowest: 0,
  highest: 3,
  words: key === 'urineNitrite' ? yesOrNo : graded,
}))

export const measures: ReadonlyMap<string, Measure> = new Map(
  [...numeric, ...dipstick].map((measure) => [measure.key, measure]),
)

/** A measure by its key; a misspelt key is a bug of the tables and stops the generator. */
export function measureOf(key: string): Measure {
  const found = measures.get(key)
  if (!found) throw new Error(`No measure ${key}`)
  return found
}
