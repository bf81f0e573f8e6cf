/**
 * Occupations, level 2, with how often they are met among adults of working age.
 * @source Quyết định 34/2020/QĐ-TTg of 26 November 2020 (Vietnamese list of occupations)
 */
export const occupations = [
  { code: '63', name: 'Lao động tự cung tự cấp trong nông nghiệp, lâm nghiệp và thủy sản', weight: 16 },
  { code: '61', name: 'Lao động có kỹ năng trong nông nghiệp có sản phẩm chủ yếu để bán', weight: 8 },
  { code: '52', name: 'Nhân viên bán hàng', weight: 14 },
  { code: '75', name: 'Thợ chế biến thực phẩm, gia công gỗ, may mặc, đồ thủ công và thợ có liên quan khác', weight: 8 },
  { code: '82', name: 'Thợ lắp ráp', weight: 8 },
  { code: '71', name: 'Lao động xây dựng và lao động có liên quan đến nghề xây dựng (trừ thợ điện)', weight: 8 },
  { code: '83', name: 'Lái xe và thợ vận hành thiết bị chuyển động', weight: 7 },
  { code: '41', name: 'Nhân viên tổng hợp và nhân viên làm các công việc bàn giấy', weight: 7 },
  { code: '24', name: 'Nhà chuyên môn về kinh doanh và quản lý', weight: 5 },
  { code: '23', name: 'Nhà chuyên môn về giảng dạy', weight: 5 },
  { code: '25', name: 'Nhà chuyên môn trong lĩnh vực công nghệ thông tin và truyền thông', weight: 3 },
  { code: '51', name: 'Nhân viên dịch vụ cá nhân', weight: 5 },
  { code: '54', name: 'Nhân viên dịch vụ bảo vệ', weight: 3 },
  { code: '91', name: 'Người quét dọn và giúp việc', weight: 3 },
] as const

/** What the insurance tables write where there is no occupation (children, the retired). */
export const noOccupation = { code: '00', name: 'Không xác định' } as const
