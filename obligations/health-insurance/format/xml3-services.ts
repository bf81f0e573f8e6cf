import { field, type Table } from './table.ts'

/** Chi tiết DVKT và VTYT (Services, beds and medical supplies). Sent: When services, beds or supplies were used (practically always). @source QĐ 130/QĐ-BYT, 4750/QĐ-BYT, 3176/QĐ-BYT */
export const servicesTable: Table = {
  id: 'XML3',
  name: 'Chi tiết DVKT và VTYT',
  english: 'Services, beds and medical supplies',
  root: 'CHITIEU_CHITIET_DVKT_VTYT',
  list: 'DSACH_CHI_TIET_DVKT',
  row: 'CHI_TIET_DVKT',
  repeats: true,
  since: '130',
  fields: [
    field('MA_LK', 'text', 100, {
      required: true,
      means:
        'Unique id of the treatment episode at the facility; joins every table of one visit (primary key of XML1, foreign key elsewhere).',
    }),
    field('STT', 'number', 10, {
      required: true,
      means: 'Running number from 1 within one transmission (row number inside the table).',
    }),
    field('MA_DICH_VU', 'text', 50, {
      requiredWhen: 'service, examination, bed or transport line',
      codes: 'DVKT',
      means:
        'Service, examination or bed code. VC.XXXXX = patient transport to facility; XX.YYYY.ZZZZ.K.WWWWW = sample sent to facility W; suffixes .0000/_TB/_TT (zero prices), _GT (local anaesthesia price).',
    }),
    field('MA_PTTT_QT', 'text', 255, {
      codes: 'ICD9CM',
      means: 'ICD-9-CM code of the surgery/procedure on this line.',
    }),
    field('MA_VAT_TU', 'text', 255, {
      requiredWhen: 'supply line',
      codes: 'VTYT',
      means: 'Supply code (group code of TT04/2017 list; codes assigned under 5086/QD-BYT stay valid).',
    }),
    field('MA_NHOM', 'number', 2, { required: true, codes: 'MA_NHOM', means: 'Cost group code.' }),
    field('GOI_VTYT', 'text', 3, {
      gatewayLength4750: 4,
      format: 'G1..G999',
      means: 'Supply-package code within one service: G1, G2 ... G999.',
    }),
    field('TEN_VAT_TU', 'text', 1024, { requiredWhen: 'MA_VAT_TU present', means: 'Medical-supply name.' }),
    field('TEN_DICH_VU', 'text', 1024, {
      requiredWhen: 'MA_DICH_VU present',
      means: 'Name of the service, examination or bed.',
    }),
    field('MA_XANG_DAU', 'text', 20, {
      requiredWhen: 'MA_NHOM = 12',
      codes: 'MA_XANG_DAU',
      means: 'Fuel code for patient-transport cost.',
    }),
    field('DON_VI_TINH', 'text', 50, { required: true, means: 'Unit of measure.' }),
    field('PHAM_VI', 'number', 1, {
      required: true,
      codes: 'PHAM_VI',
      means:
        'Scope code: 1 fund pays, 2 outside insurance scope, 3 outside scope but paid for army/police/cipher staff.',
    }),
    field('SO_LUONG', 'quantity', 10, {
      required: true,
      means: 'Quantity actually used, three decimals, "." as separator.',
    }),
    field('DON_GIA_BV', 'quantity', 15, { required: true, means: 'Unit price at the facility, three decimals.' }),
    field('DON_GIA_BH', 'quantity', 15, { required: true, means: 'Unit price paid by insurance, three decimals.' }),
    field('TT_THAU', 'text', 50, {
      requiredWhen: 'MA_NHOM = 10',
      gatewayLength4750: 100,
      format: 'decision;package;group;year',
      means: 'Tender information of the supply, ";"-joined: decision; package; group; year.',
    }),
    field('TYLE_TT_DV', 'number', 3, {
      required: true,
      means:
        'Service payment percentage for special cases (2nd..nth exam of the day, shared bed, additional surgery); 100 otherwise.',
    }),
    field('TYLE_TT_BH', 'number', 3, {
      required: true,
      means:
        'Insurance payment rate in percent for items with a conditional rate; 100 when no rate, 0 when outside scope.',
    }),
    field('THANH_TIEN_BV', 'money', 15, {
      required: true,
      means:
        'SO_LUONG * DON_GIA_BV * TYLE_TT_DV/100; special case: SO_LUONG*DON_GIA_BV - SO_LUONG*DON_GIA_BH*(100-TYLE_TT_DV)/100.',
    }),
    field('THANH_TIEN_BH', 'money', 15, {
      required: true,
      means: 'SO_LUONG * DON_GIA_BH * TYLE_TT_DV/100 * TYLE_TT_BH/100, two decimals.',
    }),
    field('T_TRANTT', 'money', 15, { means: 'Payment ceiling of the item/package; blank when none.' }),
    field('MUC_HUONG', 'number', 3, {
      required: true,
      longer: { since: '20260701', length: 4 },
      means:
        'Benefit level in percent applied to the line (80/95/100 or after the off-route factor). From 01/07/2026 reported to allow up to 4 characters such as 47.5 (secondary source).',
    }),
    field('T_NGUONKHAC_NSNN', 'money', 15, { required: true, means: 'Amount supported by the state budget.' }),
    field('T_NGUONKHAC_VTNN', 'money', 15, {
      required: true,
      means: 'Amount supported by foreign organisations or individuals.',
    }),
    field('T_NGUONKHAC_VTTN', 'money', 15, {
      required: true,
      means: 'Amount supported by domestic organisations or individuals.',
    }),
    field('T_NGUONKHAC_CL', 'money', 15, { required: true, means: 'Amount supported by any remaining source.' }),
    field('T_NGUONKHAC', 'money', 15, {
      required: true,
      means: 'Amount paid by other sources = sum of the four T_NGUONKHAC_* parts.',
    }),
    field('T_BNTT', 'money', 15, {
      required: true,
      means: 'THANH_TIEN_BV - THANH_TIEN_BH (then reduced by other sources).',
    }),
    field('T_BNCCT', 'money', 15, { required: true, means: 'THANH_TIEN_BH - T_BHTT (then reduced by other sources).' }),
    field('T_BHTT', 'money', 15, {
      required: true,
      means: 'THANH_TIEN_BH * MUC_HUONG/100 (then reduced by other sources).',
    }),
    field('MA_KHOA', 'text', 50, {
      required: true,
      codes: 'MA_KHOA',
      gatewayLength4750: 20,
      means: 'Department code(s); several departments joined with ";".',
    }),
    field('MA_GIUONG', 'text', 50, {
      format: '[HTCK]\\d{3}[;...]',
      means: 'Bed code: letter H planned / T extra / C self-chosen / K other + 3 digits; several beds ";"-joined.',
    }),
    field('MA_BAC_SI', 'text', 255, {
      required: true,
      means:
        'Practising-licence number(s) of the ordering clinician(s), ";"-joined; suffixes .TX.facility (telehealth), .HD.facility (mobilised).',
    }),
    field('NGUOI_THUC_HIEN', 'text', 255, {
      requiredWhen: 'MA_NHOM in 1,2,3,8,18',
      means: 'Practising-licence number(s) of the person(s) who performed it, ";"-joined.',
    }),
    field('MA_BENH', 'text', 100, {
      required: true,
      codes: 'ICD10',
      means: 'ICD-10 code(s) that justified this line in addition to the main disease, ";"-joined.',
    }),
    field('MA_BENH_YHCT', 'text', 150, {
      codes: 'ICD_YHCT',
      lengthBefore3176: 255,
      gatewayLength4750: 255,
      means: 'Traditional-medicine disease codes, main first then secondary (at most 13), ";"-joined.',
    }),
    field('NGAY_YL', 'minute', 12, { required: true, means: 'Time the order was given.' }),
    field('NGAY_TH_YL', 'minute', 12, {
      requiredWhen: 'MA_NHOM in 1,2,3,8,18',
      means: 'Time the order was carried out; not earlier than NGAY_YL.',
    }),
    field('NGAY_KQ', 'minute', 12, { means: 'Time the result was available or the procedure ended.' }),
    field('MA_PTTT', 'number', 1, { required: true, codes: 'MA_PTTT', means: 'Payment-method code.' }),
    field('VET_THUONG_TP', 'number', 1, {
      means: '1 when treating a recurrent wound of a war invalid; otherwise blank.',
    }),
    field('PP_VO_CAM', 'number', 1, {
      codes: 'PP_VO_CAM',
      means: 'Anaesthesia method code, for surgery/procedures with anaesthesia.',
    }),
    field('VI_TRI_TH_DVKT', 'number', 3, {
      means: 'Body-position code of the procedure; used once the Ministry publishes the list.',
    }),
    field('MA_MAY', 'text', 1024, {
      format: 'XX.n.Z[;...] (XX kind, n funding source 1 state / 2 sponsored / 3 other, Z serial)',
      means: 'Equipment code(s) used: XX.n.Z (3176), ";"-joined.',
    }),
    field('MA_HIEU_SP', 'text', 255, { means: 'Product model/code of the medical supply.' }),
    field('TAI_SU_DUNG', 'number', 1, { means: '1 when the supply is reused; otherwise blank.' }),
    field('DU_PHONG', 'text', null, { means: 'Reserve field.' }),
  ],
}
