/**
 * Medicines the demo doctors prescribe. Names as on Vietnamese prescriptions: active substance, strength, form.
 * Columns: key | ATC | name | unit taken | route | intakes a day | units each time | when
 * @source https://www.whocc.no/atc (codes); substances of Thông tư 20/2022/TT-BYT (medicines paid by health insurance)
 */
const rows = `
amlodipine|C08CA01|Amlodipin 5 mg, viên nén|viên|oral|1|1|buổi sáng
losartan|C09CA01|Losartan kali 50 mg, viên nén bao phim|viên|oral|1|1|buổi sáng
perindopril|C09AA04|Perindopril arginin 5 mg, viên nén|viên|oral|1|1|trước ăn sáng
enalapril|C09AA02|Enalapril maleat 5 mg, viên nén|viên|oral|2|1|sáng, tối
bisoprolol|C07AB07|Bisoprolol fumarat 2,5 mg, viên nén bao phim|viên|oral|1|1|buổi sáng
hydrochlorothiazide|C03AA03|Hydroclorothiazid 12,5 mg, viên nén|viên|oral|1|1|buổi sáng
furosemide|C03CA01|Furosemid 40 mg, viên nén|viên|oral|1|1|buổi sáng
spironolactone|C03DA01|Spironolacton 25 mg, viên nén|viên|oral|1|1|buổi sáng
sacubitril|C09DX04|Sacubitril/Valsartan 50 mg, viên nén bao phim|viên|oral|2|1|sáng, tối
metformin|A10BA02|Metformin hydroclorid 850 mg, viên nén|viên|oral|2|1|sau ăn
gliclazide|A10BB09|Gliclazid MR 30 mg, viên nén giải phóng kéo dài|viên|oral|1|2|trước ăn sáng
empagliflozin|A10BK03|Empagliflozin 10 mg, viên nén bao phim|viên|oral|1|1|buổi sáng
glargine|A10AE04|Insulin glargin 100 đơn vị/mL, bút tiêm|đơn vị|subcutaneous|1|14|21 giờ
mixedInsulin|A10AD01|Insulin người trộn 30/70 100 đơn vị/mL, lọ|đơn vị|subcutaneous|2|12|trước ăn sáng, trước ăn tối 30 phút
atorvastatin|C10AA05|Atorvastatin 20 mg, viên nén bao phim|viên|oral|1|1|buổi tối
rosuvastatin|C10AA07|Rosuvastatin 10 mg, viên nén bao phim|viên|oral|1|1|buổi tối
aspirin|B01AC06|Acid acetylsalicylic 81 mg, viên bao tan trong ruột|viên|oral|1|1|sau ăn trưa
clopidogrel|B01AC04|Clopidogrel 75 mg, viên nén bao phim|viên|oral|1|1|sau ăn sáng
rivaroxaban|B01AF01|Rivaroxaban 15 mg, viên nén bao phim|viên|oral|1|1|trong bữa tối
trimetazidine|C01EB15|Trimetazidin MR 35 mg, viên nén giải phóng kéo dài|viên|oral|2|1|trong bữa ăn
nitroglycerin|C01DA02|Nitroglycerin 2,6 mg, viên giải phóng kéo dài|viên|oral|2|1|sáng, chiều
omeprazole|A02BC01|Omeprazol 20 mg, viên nang cứng|viên|oral|1|1|trước ăn sáng 30 phút
esomeprazole|A02BC05|Esomeprazol 40 mg, viên bao tan trong ruột|viên|oral|1|1|trước ăn sáng 30 phút
pantoprazoleIv|A02BC02|Pantoprazol 40 mg, bột pha tiêm|lọ|intravenous|1|1|8 giờ
alumina|A02AD01|Nhôm hydroxyd/Magnesi hydroxyd/Simeticon, hỗn dịch uống gói 10 mL|gói|oral|3|1|sau ăn 1 giờ
domperidone|A03FA03|Domperidon 10 mg, viên nén|viên|oral|2|1|trước ăn 15 phút
drotaverine|A03AD02|Drotaverin hydroclorid 40 mg, viên nén|viên|oral|2|1|khi đau
paracetamol|N02BE01|Paracetamol 500 mg, viên nén|viên|oral|3|1|khi sốt trên 38,5 °C hoặc đau, cách nhau ít nhất 6 giờ
paracetamolChild|N02BE01|Paracetamol 150 mg, bột pha uống|gói|oral|4|1|khi sốt trên 38,5 °C, cách nhau ít nhất 6 giờ
paracetamolIv|N02BE01|Paracetamol 1 g/100 mL, dung dịch truyền|chai|intravenous|2|1|khi sốt hoặc đau
ibuprofen|M01AE01|Ibuprofen 400 mg, viên nén bao phim|viên|oral|2|1|sau ăn
meloxicam|M01AC06|Meloxicam 7,5 mg, viên nén|viên|oral|1|1|sau ăn
celecoxib|M01AH01|Celecoxib 200 mg, viên nang cứng|viên|oral|1|1|sau ăn
eperisone|M03BX09|Eperison hydroclorid 50 mg, viên nén bao phim|viên|oral|3|1|sau ăn
gabapentin|N03AX12|Gabapentin 300 mg, viên nang cứng|viên|oral|1|1|buổi tối
glucosamine|M01AX05|Glucosamin sulfat 500 mg, viên nang cứng|viên|oral|3|1|sau ăn
allopurinol|M04AA01|Allopurinol 300 mg, viên nén|viên|oral|1|1|sau ăn
colchicine|M04AC01|Colchicin 1 mg, viên nén|viên|oral|1|1|buổi tối
amoxiclav|J01CR02|Amoxicilin/Acid clavulanic 875 mg/125 mg, viên nén bao phim|viên|oral|2|1|đầu bữa ăn
amoxicillinChild|J01CA04|Amoxicilin 250 mg, bột pha hỗn dịch uống|gói|oral|2|1|sau ăn
cefuroxime|J01DC02|Cefuroxim 500 mg, viên nén bao phim|viên|oral|2|1|sau ăn
cefiximeChild|J01DD08|Cefixim 50 mg, bột pha hỗn dịch uống|gói|oral|2|1|sau ăn
azithromycin|J01FA10|Azithromycin 500 mg, viên nén bao phim|viên|oral|1|1|trước ăn 1 giờ
ciprofloxacin|J01MA02|Ciprofloxacin 500 mg, viên nén bao phim|viên|oral|2|1|sáng, tối
ceftriaxone|J01DD04|Ceftriaxon 1 g, bột pha tiêm|lọ|intravenous|2|1|8 giờ, 20 giờ
cefazolin|J01DB04|Cefazolin 1 g, bột pha tiêm|lọ|intravenous|2|1|8 giờ, 20 giờ
levofloxacinIv|J01MA12|Levofloxacin 750 mg/150 mL, dung dịch truyền|chai|intravenous|1|1|10 giờ
metronidazoleIv|J01XD01|Metronidazol 500 mg/100 mL, dung dịch truyền|chai|intravenous|2|1|9 giờ, 21 giờ
meropenem|J01DH02|Meropenem 1 g, bột pha tiêm|lọ|intravenous|3|1|6 giờ, 14 giờ, 22 giờ
vancomycin|J01XA01|Vancomycin 1 g, bột pha tiêm|lọ|intravenous|2|1|9 giờ, 21 giờ
colistin|J01XB01|Colistin 2 triệu đơn vị, bột pha tiêm|lọ|intravenous|2|1|8 giờ, 20 giờ
piperacillin|J01CR05|Piperacilin/Tazobactam 4,5 g, bột pha tiêm|lọ|intravenous|4|1|6 giờ, 12 giờ, 18 giờ, 24 giờ
salbutamolInhaler|R03AC02|Salbutamol 100 µg/liều, bình xịt định liều|nhát|inhaled|4|2|khi khó thở
salbutamolNebulised|R03AC02|Salbutamol 2,5 mg/2,5 mL, dung dịch khí dung|ống|nebulised|4|1|6 giờ, 12 giờ, 18 giờ, 22 giờ
budesonideFormoterol|R03AK07|Budesonid/Formoterol 160 µg/4,5 µg, bột hít|nhát|inhaled|2|1|sáng, tối, súc miệng sau hít
tiotropium|R03BB04|Tiotropium 2,5 µg/liều, dung dịch hít|nhát|inhaled|1|2|buổi sáng
budesonideNebulised|R03BA02|Budesonid 500 µg/2 mL, hỗn dịch khí dung|ống|nebulised|2|1|8 giờ, 20 giờ
montelukast|R03DC03|Montelukast 5 mg, viên nhai|viên|oral|1|1|buổi tối
acetylcysteine|R05CB01|N-acetylcystein 200 mg, gói bột|gói|oral|3|1|sau ăn
bromhexineChild|R05CB02|Bromhexin 4 mg/5 mL, siro|mL|oral|3|5|sau ăn
dextromethorphan|R05DA09|Dextromethorphan 15 mg, viên nén|viên|oral|3|1|sau ăn
loratadine|R06AX13|Loratadin 10 mg, viên nén|viên|oral|1|1|buổi tối
loratadineChild|R06AX13|Loratadin 5 mg/5 mL, siro|mL|oral|1|5|buổi tối
cetirizine|R06AE07|Cetirizin 10 mg, viên nén bao phim|viên|oral|1|1|buổi tối
methylprednisolone|H02AB04|Methylprednisolon 16 mg, viên nén|viên|oral|1|1|sau ăn sáng
methylprednisoloneIv|H02AB04|Methylprednisolon 40 mg, bột pha tiêm|lọ|intravenous|1|1|8 giờ
betamethasoneCream|D07AC01|Betamethason dipropionat 0,064 %, kem bôi|lần|topical|2|1|bôi lớp mỏng vùng tổn thương
tobramycinEye|S01AA12|Tobramycin 0,3 %, dung dịch nhỏ mắt|giọt|topical|4|1|mắt đau
artificialTears|S01XA20|Natri hyaluronat 0,18 %, dung dịch nhỏ mắt|giọt|topical|4|1|hai mắt
levothyroxine|H03AA01|Levothyroxin natri 50 µg, viên nén|viên|oral|1|1|trước ăn sáng 30 phút
thiamazole|H03BB02|Thiamazol 5 mg, viên nén|viên|oral|2|1|sau ăn
entecavir|J05AF10|Entecavir 0,5 mg, viên nén bao phim|viên|oral|1|1|lúc đói, buổi tối
tamsulosin|G04CA02|Tamsulosin hydroclorid 0,4 mg, viên nang giải phóng kéo dài|viên|oral|1|1|sau ăn tối
ferrous|B03AD03|Sắt fumarat/Acid folic 162 mg/0,75 mg, viên nang|viên|oral|1|1|sau ăn sáng 1 giờ
calciumD3|A12AX|Calci carbonat/Vitamin D3 750 mg/200 đơn vị, viên nén|viên|oral|1|1|sau ăn sáng
alendronate|M05BA04|Alendronat 70 mg, viên nén|viên|oral|1|1|mỗi tuần 1 lần, lúc đói
betahistine|N07CA01|Betahistin 16 mg, viên nén|viên|oral|3|1|sau ăn
flunarizine|N07CA03|Flunarizin 5 mg, viên nang cứng|viên|oral|1|1|buổi tối
sertraline|N06AB06|Sertralin 50 mg, viên nén bao phim|viên|oral|1|1|buổi sáng
piracetam|N06BX03|Piracetam 800 mg, viên nén bao phim|viên|oral|2|1|sáng, trưa
oresol|A07CA|Oresol 4,1 g, bột pha uống (pha 1 gói với 200 mL nước sôi để nguội)|gói|oral|4|1|uống từng ngụm sau mỗi lần đi ngoài
zinc|A12CB01|Kẽm gluconat 70 mg (tương đương 10 mg kẽm), viên phân tán|viên|oral|1|1|sau ăn
diosmectite|A07BC05|Diosmectit 3 g, gói bột|gói|oral|2|1|xa bữa ăn
lactobacillus|A07FA01|Lactobacillus acidophilus 10⁸ CFU, gói bột|gói|oral|2|1|sau ăn
oxytocin|H01BB02|Oxytocin 5 đơn vị/mL, ống tiêm|ống|intramuscular|2|1|8 giờ, 20 giờ
erythropoietin|B03XA01|Erythropoietin alfa 4.000 đơn vị, bơm tiêm|bơm tiêm|subcutaneous|1|1|sau buổi lọc máu, tuần 2 lần
ironSucrose|B03AC|Sắt sucrose 100 mg/5 mL, ống tiêm|ống|intravenous|1|1|truyền trong buổi lọc máu, 2 tuần 1 lần
calciumCarbonate|A12AA04|Calci carbonat 1.250 mg, viên nén|viên|oral|2|1|trong bữa ăn
sevelamer|V03AE02|Sevelamer carbonat 800 mg, viên nén bao phim|viên|oral|3|1|trong bữa ăn
calcitriol|A11CC04|Calcitriol 0,25 µg, viên nang mềm|viên|oral|1|1|buổi tối
heparin|B01AB01|Heparin natri 25.000 đơn vị/5 mL, lọ tiêm|đơn vị|intravenous|1|5000|trong buổi lọc máu
enoxaparin|B01AB05|Enoxaparin 4.000 đơn vị/0,4 mL, bơm tiêm|bơm tiêm|subcutaneous|1|1|20 giờ
saline|B05BB01|Natri clorid 0,9 % 500 mL, dung dịch truyền|chai|intravenous|2|1|8 giờ, 16 giờ
ringer|B05BB01|Ringer lactat 500 mL, dung dịch truyền|chai|intravenous|2|1|8 giờ, 16 giờ
glucose5|B05BA03|Glucose 5 % 500 mL, dung dịch truyền|chai|intravenous|1|1|14 giờ
furosemideIv|C03CA01|Furosemid 20 mg/2 mL, ống tiêm|ống|intravenous|2|1|8 giờ, 15 giờ
potassiumIv|B05XA01|Kali clorid 10 % 10 mL, ống tiêm|ống|intravenous|2|1|pha truyền tĩnh mạch 9 giờ, 17 giờ
norepinephrine|C01CA03|Noradrenalin 4 mg/4 mL, ống tiêm|ống|intravenous|4|2|bơm tiêm điện, chỉnh liều theo huyết áp
midazolam|N05CD08|Midazolam 5 mg/mL, ống tiêm|ống|intravenous|4|2|bơm tiêm điện, an thần theo thang điểm RASS
fentanyl|N01AH01|Fentanyl 0,1 mg/2 mL, ống tiêm|ống|intravenous|4|2|bơm tiêm điện
albuminIv|B05AA01|Albumin người 20 % 50 mL, dung dịch truyền|chai|intravenous|1|1|10 giờ
fluconazoleIv|J02AC01|Fluconazol 200 mg/100 mL, dung dịch truyền|chai|intravenous|1|1|11 giờ
nutritionIv|B05BA10|Dinh dưỡng tĩnh mạch ba ngăn 1.440 mL, túi|túi|intravenous|1|1|truyền trong 20 giờ từ 8 giờ
actrapid|A10AB01|Insulin người tác dụng nhanh 100 đơn vị/mL, lọ|đơn vị|subcutaneous|3|6|trước mỗi bữa ăn theo đường máu`

/** Where a dose goes in: SNOMED CT code and the Vietnamese verb that opens a dosage sentence. */
export const routes = {
  oral: { snomed: '26643006', name: 'Đường uống', verb: 'Uống' },
  intravenous: { snomed: '47625008', name: 'Đường tĩnh mạch', verb: 'Tiêm truyền tĩnh mạch' },
  intramuscular: { snomed: '78421000', name: 'Đường tiêm bắp', verb: 'Tiêm bắp' },
  subcutaneous: { snomed: '34206005', name: 'Đường tiêm dưới da', verb: 'Tiêm dưới da' },
  inhaled: { snomed: '447694001', name: 'Đường hô hấp', verb: 'Hít' },
  nebulised: { snomed: '447694001', name: 'Đường hô hấp', verb: 'Khí dung' },
  topical: { snomed: '6064005', name: 'Đường tại chỗ', verb: 'Dùng tại chỗ' },
} as const

export type Route = keyof typeof routes

export interface Medicine {
  readonly key: string
  readonly atc: string
  readonly name: string
  readonly unit: string
  readonly route: Route
  readonly timesADay: number
  readonly each: number
  readonly when: string
}

const medicines: ReadonlyMap<string, Medicine> = new Map(
  rows
    .trim()
    .split('\n')
    .map((line): [string, Medicine] => {
      const [key = '', atc = '', name = '', unit = '', route = '', times, each, when = ''] = line.split('|')
      const dose = { timesADay: Number(times), each: Number(each), when }
      return [key, { key, atc, name, unit, route: route as Route, ...dose }]
    }),
)

/** A medicine by its key; a misspelt key is a bug of the tables and stops the generator. */
export function medicineOf(key: string): Medicine {
  const found = medicines.get(key)
  if (!found) throw new Error(`No medicine ${key}`)
  return found
}
