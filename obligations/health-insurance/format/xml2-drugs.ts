import { field, type Table } from './table.ts'

/** Chi tiết thuốc (Drug lines). Sent: When drugs, blood or blood products were used. @source QĐ 130/QĐ-BYT, 4750/QĐ-BYT, 3176/QĐ-BYT */
export const drugsTable: Table = {
  id: 'XML2',
  name: 'Chi tiết thuốc',
  english: 'Drug lines',
  root: 'CHITIEU_CHITIET_THUOC',
  list: 'DSACH_CHI_TIET_THUOC',
  row: 'CHI_TIET_THUOC',
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
    field('MA_THUOC', 'text', 255, {
      required: true,
      codes: 'HOAT_CHAT',
      means:
        'Active-ingredient code (shared catalogue). 3176: self-made products use ingredient code + registration; drugs outside the fund list are left blank (the former 00.0000 is gone); drug kits move to XML3.MA_VAT_TU; blood tests move to XML3.',
    }),
    field('MA_PP_CHEBIEN', 'text', 255, { means: 'Processing-method code for traditional-medicine materials.' }),
    field('MA_CSKCB_THUOC', 'text', 10, {
      means:
        'Origin facility when the drug came from elsewhere: prefix C. / K. / M. / H. plus 5-char facility code (H. = telemedicine).',
    }),
    field('MA_NHOM', 'number', 2, { required: true, codes: 'MA_NHOM', means: 'Cost group code.' }),
    field('TEN_THUOC', 'text', 1024, { required: true, means: 'Trade name of the drug.' }),
    field('DON_VI_TINH', 'text', 50, { required: true, means: 'Unit of measure.' }),
    field('HAM_LUONG', 'text', 1024, {
      required: true,
      means: 'Strength/concentration as registered; blank for gases, blood and herbal pieces (3176).',
    }),
    field('DUONG_DUNG', 'text', 4, {
      required: true,
      codes: 'DUONG_DUNG',
      means: 'Route-of-administration code from the shared catalogue.',
    }),
    field('DANG_BAO_CHE', 'text', 1024, { means: 'Dosage form.' }),
    field('LIEU_DUNG', 'text', 1024, {
      required: true,
      means:
        'Dose used: quantity per time * times per day * number of days, plus the total in brackets; external drugs: times per day * days.',
    }),
    field('CACH_DUNG', 'text', 1024, { means: 'Instructions for use as told to the patient.' }),
    field('SO_DANG_KY', 'text', 255, {
      requiredWhen: 'as under 4210 (drugs with registration)',
      means: 'Marketing registration or import licence number.',
    }),
    field('TT_THAU', 'text', 50, {
      requiredWhen: 'MA_NHOM not 7 or 17',
      format: 'decision;package;group;year',
      means: 'Tender information, ";"-joined: decision number; package; group; year.',
    }),
    field('PHAM_VI', 'number', 1, {
      required: true,
      codes: 'PHAM_VI',
      means:
        'Scope code: 1 fund pays, 2 outside insurance scope, 3 outside scope but paid for army/police/cipher staff.',
    }),
    field('TYLE_TT_BH', 'number', 3, {
      required: true,
      means:
        'Insurance payment rate in percent for items with a conditional rate; 100 when no rate, 0 when outside scope.',
    }),
    field('SO_LUONG', 'quantity', 10, {
      required: true,
      means: 'Quantity actually used, three decimals, "." as separator.',
    }),
    field('DON_GIA', 'quantity', 15, { required: true, means: 'Unit price, three decimals.' }),
    field('THANH_TIEN_BV', 'money', 15, { required: true, means: 'SO_LUONG * DON_GIA, two decimals.' }),
    field('THANH_TIEN_BH', 'money', 15, {
      required: true,
      means: 'SO_LUONG * DON_GIA * TYLE_TT_BH / 100, two decimals.',
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
    field('MUC_HUONG', 'number', 3, {
      required: true,
      longer: { since: '20260701', length: 4 },
      means:
        'Benefit level in percent applied to the line (80/95/100 or after the off-route factor). From 01/07/2026 reported to allow up to 4 characters such as 47.5 (secondary source).',
    }),
    field('T_BNTT', 'money', 15, {
      required: true,
      means: 'THANH_TIEN_BV * (1 - TYLE_TT_BH/100), reduced first when another source pays.',
    }),
    field('T_BNCCT', 'money', 15, {
      required: true,
      means: 'THANH_TIEN_BV - T_BHTT - T_BNTT (then reduced by other sources).',
    }),
    field('T_BHTT', 'money', 15, {
      required: true,
      means: 'THANH_TIEN_BV * TYLE_TT_BH/100 * MUC_HUONG/100 (then reduced by other sources).',
    }),
    field('MA_KHOA', 'text', 50, {
      required: true,
      codes: 'MA_KHOA',
      gatewayLength4750: 15,
      means: 'Department code(s); several departments joined with ";".',
    }),
    field('MA_BAC_SI', 'text', 255, {
      requiredWhen: 'as under 4210',
      means:
        'Practising-licence number(s) of the ordering clinician(s), ";"-joined; suffixes .TX.facility (telehealth), .HD.facility (mobilised).',
    }),
    field('MA_DICH_VU', 'text', 255, {
      requiredWhen: 'as under 4210 (cost tied to a service)',
      codes: 'DVKT',
      means:
        'Service code(s) during which the drug was used when cost is tied to a service; suffixes such as _GT, _TB, _TT or .0000 mirror XML3.',
    }),
    field('NGAY_YL', 'minute', 12, { required: true, means: 'Time the order was given.' }),
    field('NGAY_TH_YL', 'minute', 12, {
      since: '4750',
      means: 'Time the drug was given; required only for drugs used at the facility (3176).',
    }),
    field('MA_PTTT', 'number', 1, { required: true, codes: 'MA_PTTT', means: 'Payment-method code.' }),
    field('NGUON_CTRA', 'number', 1, { required: true, codes: 'NGUON_CTRA', means: 'Source that pays the drug.' }),
    field('VET_THUONG_TP', 'number', 1, {
      means: '1 when treating a recurrent wound of a war invalid; otherwise blank.',
    }),
    field('DU_PHONG', 'text', null, { means: 'Reserve field.' }),
  ],
}
