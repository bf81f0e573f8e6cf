/**
 * The URIs by which Vietnamese numbers and codes are recognised. One table, so that what registration writes, a screen
 * searches for and an insurance export reads is the same string.
 *
 * Where the draft VN Core guide (Ministry of Health, 1.0.0) names a system, its URI is used letter for letter. For lists
 * it does not cover the URI is ours and starts with `urn:lanh:`; the list itself is named beside it.
 * @source http://fhir.ehealth.gov.vn/core (VN Core FHIR Implementation Guide, draft)
 */
const core = 'http://fhir.ehealth.gov.vn/core'

/** `Identifier.system` of the numbers people, papers and facilities carry. */
export const identifierSystems = {
  /** Mã người bệnh: one per person and hospital, for ever. */
  patientCode: `${core}/sid/patient-internal-id`,
  /** Số định danh cá nhân (on the căn cước card), 12 digits. @source Nghị định 137/2015/NĐ-CP, Điều 13 */
  personalId: `${core}/sid/national_id`,
  /** Số chứng minh nhân dân, 9 digits; no longer issued, still met on old papers. */
  formerId: `${core}/sid/citizen_id`,
  passport: `${core}/sid/passport_number`,
  /** Mã thẻ bảo hiểm y tế, 15 characters. */
  insuranceCard: `${core}/sid/insurance_number`,
  /** Mã cơ sở khám bệnh, chữa bệnh, 5 digits. */
  facilityCode: `${core}/sid/provider-code`,
  /** Mã khoa, mã đơn vị of the hospital. */
  departmentCode: 'urn:lanh:sid:department',
  facilityLicence: `${core}/sid/provider-medical-license-number`,
  /** Mã số nhân viên y tế of the hospital. */
  staffCode: `${core}/sid/healthworker-employee-number`,
  /** Số giấy phép hành nghề. @source Luật 15/2023/QH15, Điều 27 */
  practisingLicence: 'urn:lanh:sid:practising-licence',
  /** Số bệnh án of a stay. */
  recordNumber: `${core}/sid/MRN`,
  /** Mã đợt điều trị (MA_LK of the insurance tables): one visit or stay. */
  visitNumber: `${core}/sid/VisitNumber`,
  /** Mã lưu trữ of a closed record. */
  archiveNumber: `${core}/sid/ArchiveNumber`,
  /** Mã phiếu chỉ định: what is printed on an order slip and on its tubes. */
  orderNumber: 'urn:lanh:sid:order',
  /** Mã đơn thuốc quốc gia. @source Thông tư 26/2025/TT-BYT */
  prescriptionNumber: 'urn:lanh:sid:prescription',
} as const

/** `Coding.system` of code lists. */
export const codeSystems = {
  icd10: 'http://hl7.org/fhir/sid/icd-10',
  loinc: 'http://loinc.org',
  ucum: 'http://unitsofmeasure.org',
  atc: 'http://www.whocc.no/atc',
  cvx: 'http://hl7.org/fhir/sid/cvx',
  /** Danh mục dịch vụ kỹ thuật dùng chung. @source Quyết định 7603/QĐ-BYT */
  technicalService: `${core}/CodeSystem/vn-core-procedureCode`,
  /** Dân tộc. @source Quyết định 121-TCTK/PPCĐ of 1979, codes as used by insurance tables */
  ethnicGroup: `${core}/CodeSystem/vn-core-race`,
  /** Nghề nghiệp, level 2. @source Quyết định 34/2020/QĐ-TTg */
  occupation: `${core}/CodeSystem/vn-core-occupation`,
  /** Mã khoa. @source Quyết định 5937/QĐ-BYT, phụ lục 5 */
  department: 'urn:lanh:code:department',
  /** Tỉnh, xã of the two-level system since 1 July 2025. @source Quyết định 19/2025/QĐ-TTg */
  administrativeUnit2025: 'urn:lanh:code:administrative-unit-2025',
  /** Mẫu bệnh án, giấy, phiếu y. @source Thông tư 32/2023/TT-BYT, phụ lục XXVIII and XXIX; Thông tư 25/2025/TT-BYT */
  form: 'urn:lanh:code:form',
  /** Chức danh and role of staff inside the hospital. */
  staffRole: 'urn:lanh:code:staff-role',
  identifierType: 'http://terminology.hl7.org/CodeSystem/v2-0203',
  encounterClass: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  observationCategory: 'http://terminology.hl7.org/CodeSystem/observation-category',
  interpretation: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation',
  diagnosisRole: 'http://terminology.hl7.org/CodeSystem/diagnosis-role',
  diagnosticSection: 'http://terminology.hl7.org/CodeSystem/v2-0074',
  conditionCategory: 'http://terminology.hl7.org/CodeSystem/condition-category',
} as const

/** `Extension.url` of the extensions we write. */
export const extensionUrls = {
  ethnicGroup: `${core}/StructureDefinition/extension-race`,
  occupation: `${core}/StructureDefinition/extension-occupation`,
  administrativeAddress: `${core}/StructureDefinition/extension-administrative-address`,
} as const
