/** Vietnamese names of fields, for papers that a person reads; a word a line, the field before it. */
const LABELS: ReadonlyMap<string, string> = new Map(
  `
  MA_BN Mã người bệnh
  HO_TEN Họ tên
  SO_CCCD Số căn cước
  NGAY_SINH Ngày sinh
  GIOI_TINH Giới tính
  DIA_CHI Địa chỉ
  MATINH_CU_TRU Mã tỉnh nơi cư trú
  MAHUYEN_CU_TRU Mã huyện nơi cư trú
  MAXA_CU_TRU Mã xã nơi cư trú
  MA_QUOCTICH Quốc tịch
  MA_DANTOC Dân tộc
  MA_NGHE_NGHIEP Nghề nghiệp
  MA_THE_BHYT Số thẻ bảo hiểm y tế
  MA_DKBD Nơi đăng ký ban đầu
  GT_THE_TU Thẻ có giá trị từ
  GT_THE_DEN Thẻ có giá trị đến
  MA_BHXH Mã số bảo hiểm xã hội
  MA_CSKCB Cơ sở khám bệnh, chữa bệnh
  MA_LOAI_KCB Loại khám bệnh, chữa bệnh
  MA_DOITUONG_KCB Đối tượng khám bệnh, chữa bệnh
  NGAY_VAO Ngày vào
  NGAY_VAO_NOI_TRU Ngày vào nội trú
  NGAY_RA Ngày ra
  LY_DO_VNT Lý do vào nội trú
  MA_LY_DO_VNT Mã lý do vào nội trú
  CHAN_DOAN_VAO Chẩn đoán lúc vào
  CHAN_DOAN_RV Chẩn đoán lúc ra
  MA_BENH_CHINH Bệnh chính
  MA_BENH_KT Bệnh kèm theo
  MA_BENH_YHCT Bệnh y học cổ truyền
  QT_BENHLY Quá trình bệnh lý và diễn biến
  TOMTAT_KQ Tóm tắt kết quả cận lâm sàng
  PP_DIEUTRI Phương pháp điều trị
  PP_DIEU_TRI Phương pháp điều trị
  KET_QUA_DTRI Kết quả điều trị
  MA_LOAI_RV Hình thức ra viện
  GHI_CHU Lời dặn, ghi chú
  MA_TTDV Người đại diện đơn vị
  MA_BS Mã bác sĩ
  TEN_BS Bác sĩ
  MA_BAC_SI Bác sĩ
  NGAY_CT Ngày chứng từ
  SO_LUU_TRU Số lưu trữ
  MA_YTE Mã y tế
  MA_KHOA_RV Khoa ra viện
  MA_DINH_CHI_THAI Đình chỉ thai nghén
  NGUYENNHAN_DINHCHI Nguyên nhân đình chỉ thai
  THOIGIAN_DINHCHI Thời gian đình chỉ thai
  TUOI_THAI Tuổi thai (tuần)
  MA_CHA Mã số bảo hiểm xã hội của cha
  MA_ME Mã số bảo hiểm xã hội của mẹ
  MA_THE_TAM Mã thẻ tạm
  HO_TEN_CHA Họ tên cha
  HO_TEN_ME Họ tên mẹ
  NGUOI_GIAM_HO Người giám hộ
  SO_NGAY_NGHI Số ngày nghỉ
  NGOAITRU_TUNGAY Nghỉ ngoại trú từ ngày
  NGOAITRU_DENNGAY Nghỉ ngoại trú đến ngày
  DON_VI Đơn vị công tác
  NGAY_SINHCON Ngày sinh con
  NGAY_CONCHET Ngày con chết
  SO_CONCHET Số con chết
  MA_BHXH_NND Mã số bảo hiểm xã hội của mẹ hoặc người nuôi dưỡng
  MA_THE_NND Thẻ bảo hiểm y tế của mẹ hoặc người nuôi dưỡng
  HO_TEN_NND Họ tên mẹ hoặc người nuôi dưỡng
  NGAYSINH_NND Ngày sinh của mẹ hoặc người nuôi dưỡng
  MA_DANTOC_NND Dân tộc của mẹ hoặc người nuôi dưỡng
  SO_CCCD_NND Số căn cước của mẹ hoặc người nuôi dưỡng
  NGAYCAP_CCCD_NND Ngày cấp căn cước
  NOICAP_CCCD_NND Nơi cấp căn cước
  NOI_CU_TRU_NND Nơi cư trú của mẹ hoặc người nuôi dưỡng
  HO_TEN_CON Họ tên con
  GIOI_TINH_CON Giới tính của con
  SO_CON Số con trong lần sinh
  LAN_SINH Lần sinh
  SO_CON_SONG Số con đang sống
  CAN_NANG_CON Cân nặng của con (gam)
  NGAY_SINH_CON Ngày giờ sinh con
  NOI_SINH_CON Nơi sinh con
  TINH_TRANG_CON Tình trạng của con
  SINHCON_PHAUTHUAT Sinh con phải phẫu thuật
  SINHCON_DUOI32TUAN Sinh con dưới 32 tuần tuổi
  NGUOI_DO_DE Người đỡ đẻ
  NGUOI_GHI_PHIEU Người ghi phiếu
  SO Số
  QUYEN_SO Quyển số
  SO_SERI Số sê-ri
  SO_CT Số chứng từ
  SO_NGAY Số ngày
  TU_NGAY Từ ngày
  DEN_NGAY Đến ngày
  SO_KCB Số khám bệnh, chữa bệnh
  MAU_SO Mẫu số
  SO_HOSO Số hồ sơ
  SO_CHUYENTUYEN Số chuyển cơ sở
  GIAY_CHUYEN_TUYEN Giấy chuyển cơ sở
  MA_CSKCB_DI Cơ sở chuyển đi
  MA_CSKCB_DEN Cơ sở chuyển đến
  DAU_HIEU_LS Dấu hiệu lâm sàng
  TINH_TRANG_CT Tình trạng lúc chuyển
  MA_LYDO_CT Lý do chuyển
  HUONG_DIEU_TRI Hướng điều trị
  PHUONGTIEN_VC Phương tiện vận chuyển
  HOTEN_NGUOI_HT Người hộ tống
  CHUCDANH_NGUOI_HT Chức danh người hộ tống
  SO_GIAYHEN_KL Số giấy hẹn khám lại
  NGAY_HEN_KL Ngày hẹn khám lại
  NGAYKD_HIV Ngày khẳng định HIV
  NOI_LAY_MAU_XN Nơi lấy mẫu xét nghiệm
  NOI_XN_KD Nơi xét nghiệm khẳng định
  NOI_BDDT_ARV Nơi bắt đầu điều trị ARV
  BDDT_ARV Ngày bắt đầu điều trị ARV
  MA_PHAC_DO_DIEU_TRI_BD Phác đồ điều trị ban đầu
  MA_BAC_PHAC_DO_BD Bậc phác đồ ban đầu
  MA_LYDO_DTRI Lý do điều trị
  LOAI_DTRI_LAO Loại điều trị lao
  SANG_LOC_LAO Sàng lọc lao
  PHACDO_DTRI_LAO Phác đồ điều trị lao
  NGAYBD_DTRI_LAO Ngày bắt đầu điều trị lao
  NGAYKT_DTRI_LAO Ngày kết thúc điều trị lao
  KQ_DTRI_LAO Kết quả điều trị lao
  KET_QUA_DTRI_LAO Kết quả điều trị lao
  MA_LYDO_XNTL_VR Lý do xét nghiệm tải lượng vi-rút
  NGAY_XN_TLVR Ngày xét nghiệm tải lượng vi-rút
  KQ_XNTL_VR Kết quả tải lượng vi-rút
  NGAY_KQ_XN_TLVR Ngày có kết quả tải lượng vi-rút
  MA_LOAI_BN Loại người bệnh
  GIAI_DOAN_LAM_SANG Giai đoạn lâm sàng
  NHOM_DOI_TUONG Nhóm đối tượng
  MA_TINH_TRANG_DK Tình trạng đăng ký
  LAN_XN_PCR Lần xét nghiệm PCR
  NGAY_XN_PCR Ngày xét nghiệm PCR
  NGAY_KQ_XN_PCR Ngày có kết quả PCR
  MA_KQ_XN_PCR Kết quả PCR
  NGAY_NHAN_TT_MANG_THAI Ngày nhận thông tin mang thai
  NGAY_BAT_DAU_DT_CTX Ngày bắt đầu điều trị CTX
  MA_XU_TRI Xử trí
  NGAY_BAT_DAU_XU_TRI Ngày bắt đầu xử trí
  NGAY_KET_THUC_XU_TRI Ngày kết thúc xử trí
  MA_PHAC_DO_DIEU_TRI Phác đồ điều trị
  MA_BAC_PHAC_DO Bậc phác đồ
  SO_NGAY_CAP_THUOC_ARV Số ngày cấp thuốc ARV
  NGAY_CHUYEN_PHAC_DO Ngày chuyển phác đồ
  LY_DO_CHUYEN_PHAC_DO Lý do chuyển phác đồ
  PHANLOAI_LAO_VITRI Phân loại lao theo vị trí
  PHANLOAI_LAO_TS Phân loại lao theo tiền sử
  PHANLOAI_LAO_HIV Phân loại lao theo HIV
  PHANLOAI_LAO_VK Phân loại lao theo vi khuẩn
  PHANLOAI_LAO_KT Phân loại lao theo kháng thuốc
  MA_DICH_VU Mã dịch vụ
  TEN_DICH_VU Dịch vụ
  MA_THUOC Mã thuốc
  TEN_THUOC Thuốc
  MA_VAT_TU Mã vật tư
  TEN_VAT_TU Vật tư
  NGAY_YL Ngày y lệnh
  `
    .trim()
    .split('\n')
    .map((line) => line.trim())
    .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)] as const),
)

/** @returns the field's own name where it has no Vietnamese one */
export const fieldLabel = (field: string): string => LABELS.get(field) ?? field
