/** `Coding.system` of the codes that stand in insurance tables. What Việt Nam or R4 has named is in fhir/naming. */
export const insuranceSystems = {
  /** MA_LOAI_KCB */
  visitKind: 'urn:lanh:code:insurance-visit-kind',
  /** MA_LOAI_RV */
  discharge: 'urn:lanh:code:insurance-discharge',
  /** MA_DOITUONG_KCB */
  visitReason: 'urn:lanh:code:insurance-visit-reason',
  /** MA_THUOC */
  drug: 'urn:lanh:code:insurance-drug',
  /** DUONG_DUNG */
  route: 'urn:lanh:code:insurance-route',
  /** MA_VAT_TU */
  supply: 'urn:lanh:code:insurance-supply',
  /** MA_NHOM */
  group: 'urn:lanh:code:insurance-group',
  /** MA_CHI_SO */
  indicator: 'urn:lanh:code:insurance-indicator',
  /** MA_BENH_YHCT */
  traditional: 'urn:lanh:code:traditional-medicine-disease',
  /** MA_PTTT_QT @source http://hl7.org/fhir/R4/icd.html */
  icd9: 'http://hl7.org/fhir/sid/icd-9-cm',
  /** MATINH_, MAHUYEN_, MAXA_CU_TRU */
  administrativeUnit: 'urn:lanh:code:insurance-administrative-unit',
  /** MA_QUOCTICH */
  nationality: 'urn:lanh:code:insurance-nationality',
  /** field of a table, as `XML7.GHI_CHU` */
  field: 'urn:lanh:code:insurance-field',
  /** what a card says beside its number: where it is registered, in which area its holder lives */
  coverageClass: 'urn:lanh:code:insurance-coverage-class',
  /** why nothing is paid along */
  coPaymentException: 'urn:lanh:code:insurance-co-payment-exception',
  /** MA_GIUONG */
  bed: 'urn:lanh:sid:bed',
  /** MA_MAY */
  machine: 'urn:lanh:sid:machine',
} as const
