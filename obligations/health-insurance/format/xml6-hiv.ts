import { field, type Table } from './table.ts'

/** Chăm sóc và điều trị HIV/AIDS (HIV/AIDS care record). Sent: HIV patients. @source QĐ 130/QĐ-BYT, 4750/QĐ-BYT, 3176/QĐ-BYT */
export const hivTable: Table = {
  id: 'XML6',
  name: 'Chăm sóc và điều trị HIV/AIDS',
  english: 'HIV/AIDS care record',
  root: 'CHI_TIEU_HO_SO_BENH_AN_CHAM_SOC_VA_DIEU_TRI_HIV_AIDS',
  list: 'DSACH_HO_SO_BENH_AN_CHAM_SOC_VA_DIEU_TRI_HIV_AIDS',
  row: 'HO_SO_BENH_AN_CHAM_SOC_VA_DIEU_TRI_HIV_AIDS',
  repeats: true,
  since: '130',
  fields: [
    field('MA_LK', 'text', 100, {
      required: true,
      means:
        'Unique id of the treatment episode at the facility; joins every table of one visit (primary key of XML1, foreign key elsewhere).',
    }),
    field('MA_THE_BHYT', 'text', null, {
      format:
        '15 chars: 2 letters + benefit digit 1-5 + 2-digit province + 10-digit insurance number; ";"-joined when several',
      means: 'Health-insurance card number(s); several cards in one episode joined with ";"; blank when not insured.',
    }),
    field('SO_CCCD', 'text', null, {
      lengthBefore3176: 15,
      gatewayLength4750: 15,
      format: '12 digits (9 digits, or 1 capital letter + 7 digits, also accepted by the 4750 gateway)',
      means:
        'National personal identification number (12 digits); passport number for foreigners; blank for newborns or unconscious patients. Older 9-digit ID still tolerated.',
    }),
    field('NGAY_SINH', 'minute', 12, {
      equalsSummary: true,
      since: '4750',
      means:
        'Date (and, when known, time) of birth. Unknown time 0000; unknown day and month 0000; newborns up to 28 days need hour and minute.',
    }),
    field('GIOI_TINH', 'number', 1, { codes: 'GIOI_TINH', equalsSummary: true, since: '4750', means: 'Sex code.' }),
    field('DIA_CHI', 'text', 1024, {
      equalsSummary: true,
      since: '4750',
      means: 'Current place of residence written out (house, street/hamlet, commune, province; nation for foreigners).',
    }),
    field('MATINH_CU_TRU', 'text', 3, {
      codes: 'TINH',
      equalsSummary: true,
      since: '4750',
      means: 'Province code of residence (permanent or temporary), as updated on the portal.',
    }),
    field('MAHUYEN_CU_TRU', 'text', 3, {
      codes: 'HUYEN',
      equalsSummary: true,
      since: '4750',
      means:
        'District code of residence. Districts were abolished on 01/07/2025: blank is accepted in files seen since then.',
    }),
    field('MAXA_CU_TRU', 'text', 5, {
      codes: 'XA',
      equalsSummary: true,
      since: '4750',
      means: 'Commune/ward code of residence; may be blank when the unit has no code.',
    }),
    field('NGAYKD_HIV', 'day', 8, { means: 'Date HIV infection was confirmed; blank for exposure treatment.' }),
    field('NOI_LAY_MAU_XN', 'text', 5, {
      required: true,
      since: '4750',
      means: 'Facility where the HIV blood sample was taken.',
    }),
    field('NOI_XN_KD', 'text', 5, { required: true, since: '4750', means: 'Facility of the confirmatory HIV test.' }),
    field('NOI_BDDT_ARV', 'text', 5, { required: true, since: '4750', means: 'Facility where ARV treatment started.' }),
    field('BDDT_ARV', 'day', 8, { means: 'Date ARV treatment started.' }),
    field('MA_PHAC_DO_DIEU_TRI_BD', 'text', 200, { codes: 'PHAC_DO_ARV', means: 'ARV regimen code at start.' }),
    field('MA_BAC_PHAC_DO_BD', 'number', 1, {
      codes: 'MA_BAC_PHAC_DO',
      means: 'Regimen line at start when the regimen is "other".',
    }),
    field('MA_LYDO_DTRI', 'number', 1, {
      required: true,
      codes: 'MA_LYDO_DTRI',
      means: 'Reason the patient registered for treatment here.',
    }),
    field('LOAI_DTRI_LAO', 'number', 1, { required: true, codes: 'LOAI_DTRI_LAO', means: 'Type of TB treatment.' }),
    field('SANG_LOC_LAO', 'number', 1, {
      required: true,
      codes: 'SANG_LOC_LAO',
      since: '4750',
      means: 'TB screening method(s).',
    }),
    field('PHACDO_DTRI_LAO', 'number', 2, {
      requiredWhen: 'LOAI_DTRI_LAO <> 0',
      codes: 'PHACDO_DTRI_LAO',
      means: 'TB regimen code (1-27 since 3176).',
    }),
    field('NGAYBD_DTRI_LAO', 'day', 8, { requiredWhen: 'LOAI_DTRI_LAO <> 0', means: 'TB treatment start date.' }),
    field('NGAYKT_DTRI_LAO', 'day', 8, {
      requiredWhen: 'LOAI_DTRI_LAO <> 0',
      means: 'TB treatment end date; blank while ongoing.',
    }),
    field('KQ_DTRI_LAO', 'number', 1, {
      required: true,
      codes: 'KQ_DTRI_LAO',
      since: '4750',
      means: 'TB treatment result.',
    }),
    field('MA_LYDO_XNTL_VR', 'number', 1, { codes: 'MA_LYDO_XNTL_VR', means: 'Reason for the viral-load test.' }),
    field('NGAY_XN_TLVR', 'day', 8, { means: 'Date the viral-load sample was taken.' }),
    field('KQ_XNTL_VR', 'number', 1, { codes: 'KQ_XNTL_VR', means: 'Viral-load result class.' }),
    field('NGAY_KQ_XN_TLVR', 'day', 8, { means: 'Date of the viral-load result.' }),
    field('MA_LOAI_BN', 'number', 1, { required: true, codes: 'MA_LOAI_BN', means: 'Kind of HIV-programme patient.' }),
    field('GIAI_DOAN_LAM_SANG', 'number', 1, {
      required: true,
      codes: 'GIAI_DOAN_LAM_SANG',
      since: '4750',
      means: 'HIV clinical stage.',
    }),
    field('NHOM_DOI_TUONG', 'number', 2, {
      required: true,
      codes: 'NHOM_DOI_TUONG',
      since: '4750',
      means: 'Risk-group code.',
    }),
    field('MA_TINH_TRANG_DK', 'text', 18, {
      required: true,
      codes: 'MA_TINH_TRANG_DK',
      means: 'Condition(s) of the attendee, ";"-joined.',
    }),
    field('LAN_XN_PCR', 'number', 1, {
      requiredWhen: 'MA_TINH_TRANG_DK = 1',
      codes: 'LAN_XN_PCR',
      means: 'Which PCR test (children < 18 months exposed to HIV).',
    }),
    field('NGAY_XN_PCR', 'day', 8, { requiredWhen: 'MA_TINH_TRANG_DK = 1', means: 'PCR test date.' }),
    field('NGAY_KQ_XN_PCR', 'day', 8, { requiredWhen: 'MA_TINH_TRANG_DK = 1', means: 'PCR result date.' }),
    field('MA_KQ_XN_PCR', 'number', 1, {
      requiredWhen: 'MA_TINH_TRANG_DK = 1',
      codes: 'MA_KQ_XN_PCR',
      means: 'PCR result.',
    }),
    field('NGAY_NHAN_TT_MANG_THAI', 'day', 8, { means: 'Date pregnancy information was received.' }),
    field('NGAY_BAT_DAU_DT_CTX', 'day', 8, { means: 'Cotrimoxazole start date.' }),
    field('MA_XU_TRI', 'text', 10, {
      required: true,
      codes: 'MA_XU_TRI',
      gatewayLength4750: 1,
      means: 'Action(s) taken, ";"-joined.',
    }),
    field('NGAY_BAT_DAU_XU_TRI', 'day', 8, { requiredWhen: 'MA_XU_TRI = 1', means: 'Start date of the ARV action.' }),
    field('NGAY_KET_THUC_XU_TRI', 'day', 8, { requiredWhen: 'MA_XU_TRI = 1', means: 'End date of the ARV action.' }),
    field('MA_PHAC_DO_DIEU_TRI', 'text', 200, {
      required: true,
      codes: 'PHAC_DO_ARV',
      means: 'ARV regimen code of this course.',
    }),
    field('MA_BAC_PHAC_DO', 'number', 1, {
      requiredWhen: 'MA_PHAC_DO_DIEU_TRI = KHAC',
      codes: 'MA_BAC_PHAC_DO',
      means: 'Regimen line of this course when the regimen is "other".',
    }),
    field('SO_NGAY_CAP_THUOC_ARV', 'number', 3, {
      requiredWhen: 'MA_XU_TRI = 1',
      means: 'Days of ARV supplied; at most NGAY_KET_THUC_XU_TRI - NGAY_BAT_DAU_XU_TRI + 1.',
    }),
    field('NGAY_CHUYEN_PHAC_DO', 'day', 8, { required: true, since: '4750', means: 'Date of regimen change.' }),
    field('LY_DO_CHUYEN_PHAC_DO', 'number', 1, {
      required: true,
      codes: 'LY_DO_CHUYEN_PHAC_DO',
      since: '4750',
      means: 'Reason for regimen change.',
    }),
    field('MA_CSKCB', 'text', 5, {
      equalsSummary: true,
      since: '4750',
      format: '5 chars',
      means: 'Facility treating the HIV patient.',
    }),
    field('DU_PHONG', 'text', null, { means: 'Reserve field.' }),
  ],
}
