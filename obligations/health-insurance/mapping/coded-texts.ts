/**
 * What codes on papers mean, in Vietnamese, by field. Longer lists and lists that change stay codes.
 * @source appendices of 130/QĐ-BYT as amended by 4750/QĐ-BYT and 3176/QĐ-BYT
 */
const YES_NO = { '0': 'không', '1': 'có' }
const TB_KIND = { '0': 'không', '1': 'lao tiềm ẩn', '2': 'lao nhạy cảm', '3': 'lao kháng thuốc' }
const LINE = { '1': 'bậc 1', '2': 'bậc 2', '3': 'bậc 3' }
const SEX = { '1': 'nam', '2': 'nữ', '3': 'chưa xác định' }

const MEANINGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  GIOI_TINH: SEX,
  GIOI_TINH_CON: SEX,
  KET_QUA_DTRI: {
    '1': 'khỏi',
    '2': 'đỡ',
    '3': 'không thay đổi',
    '4': 'nặng hơn',
    '5': 'tử vong',
    '6': 'tiên lượng nặng xin về',
    '7': 'chưa xác định',
    '8': 'tử vong ngoại viện',
  },
  MA_LOAI_RV: {
    '1': 'ra viện',
    '2': 'chuyển tuyến theo yêu cầu chuyên môn',
    '3': 'trốn viện',
    '4': 'xin ra viện',
    '5': 'chuyển tuyến theo yêu cầu người bệnh',
  },
  MA_LYDO_CT: {
    '1': 'đủ điều kiện chuyển',
    '2': 'vượt khả năng của cơ sở',
    '3': 'theo yêu cầu của người bệnh hoặc người đại diện',
  },
  MA_DINH_CHI_THAI: YES_NO,
  SINHCON_PHAUTHUAT: YES_NO,
  SINHCON_DUOI32TUAN: YES_NO,
  MA_BAC_PHAC_DO: LINE,
  MA_BAC_PHAC_DO_BD: LINE,
  LOAI_DTRI_LAO: TB_KIND,
  KQ_DTRI_LAO: {
    '1': 'đang điều trị',
    '2': 'hoàn thành',
    '3': 'thất bại',
    '4': 'tử vong',
    '5': 'bỏ trị',
    '6': 'ngừng điều trị',
    '7': 'không đánh giá',
  },
  KET_QUA_DTRI_LAO: {
    '1': 'khỏi',
    '2': 'hoàn thành',
    '3': 'thất bại',
    '4': 'tử vong',
    '5': 'không theo dõi được',
    '6': 'không đánh giá',
  },
  PHANLOAI_LAO_VITRI: { '1': 'lao phổi', '2': 'lao ngoài phổi' },
  PHANLOAI_LAO_TS: {
    '1': 'mới',
    '2': 'tái phát',
    '3': 'thất bại',
    '4': 'điều trị lại sau bỏ trị',
    '5': 'điều trị lại khác',
    '6': 'không rõ tiền sử',
  },
  PHANLOAI_LAO_HIV: { '1': 'HIV dương tính', '2': 'HIV âm tính', '3': 'không rõ HIV' },
  PHANLOAI_LAO_VK: { '1': 'có bằng chứng vi khuẩn học', '2': 'không có bằng chứng vi khuẩn học' },
  KQ_XNTL_VR: {
    '1': 'không phát hiện',
    '2': 'dưới 50 bản sao/ml',
    '3': 'từ 50 đến dưới 200 bản sao/ml',
    '4': 'từ 200 đến 1000 bản sao/ml',
    '5': 'trên 1000 bản sao/ml',
  },
}

/** @returns the code itself where its meaning is not known */
export const codedText = (field: string, code: string): string => {
  const meanings = MEANINGS[field]
  return meanings && Object.hasOwn(meanings, code) ? (meanings[code] ?? code) : code
}
