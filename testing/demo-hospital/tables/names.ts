/** Names of the invented people. Common Vietnamese words for names; no combination is meant to be anybody. */

/** Share of the population in per mille, rounded. */
export const familyNames = (
  [
    ['Nguyễn', 380],
    ['Trần', 110],
    ['Lê', 95],
    ['Phạm', 70],
    ['Hoàng', 45],
    ['Phan', 45],
    ['Vũ', 35],
    ['Đặng', 21],
    ['Bùi', 20],
    ['Đỗ', 17],
    ['Hồ', 13],
    ['Ngô', 13],
    ['Dương', 10],
    ['Võ', 9],
    ['Huỳnh', 8],
    ['Đinh', 8],
    ['Lý', 5],
    ['Đào', 6],
    ['Trịnh', 6],
    ['Mai', 5],
    ['Tạ', 4],
    ['Lương', 5],
    ['Phùng', 4],
    ['Chu', 3],
    ['Quách', 2],
    ['Tô', 2],
    ['Nghiêm', 2],
    ['Kiều', 2],
    ['Tôn Thất', 1],
  ] as const
).map(([name, weight]) => ({ name, weight }))

const words = (list: string): readonly string[] => list.trim().split(/\s*,\s*/)

/** Middle names of people born before about 1985, when Văn and Thị were nearly everybody's. */
export const olderMiddleNames = {
  male: words('Văn, Văn, Văn, Văn, Đức, Hữu, Đình, Xuân, Quang, Ngọc, Công, Bá, Trọng, Thế, Huy'),
  female: words('Thị, Thị, Thị, Thị, Thị, Thị, Thị Kim, Thị Ngọc, Thị Thanh, Thị Minh, Thị Bích, Ngọc'),
}

export const newerMiddleNames = {
  male: words('Minh, Gia, Quốc, Đức, Anh, Hoàng, Tuấn, Bảo, Nhật, Thành, Văn, Hải, Duy, Tiến, Khánh, Phúc Nguyên'),
  female: words(
    'Thị, Ngọc, Thu, Phương, Khánh, Bảo, Thanh, Minh, Thùy, Hà, Quỳnh, Mai, Diệu, Hoài, Thị Hồng, Ngọc Bảo, Phương',
  ),
}

export const givenNames = {
  male: words(
    `An, Anh, Bách, Bảo, Bình, Chiến, Chính, Chung, Cường, Dũng, Duy, Dương, Đạt, Điệp, Đông, Đức, Giang, Hà, Hải, Hậu,
     Hiếu, Hiển, Hòa, Hoan, Hoàng, Hùng, Huy, Hưng, Hữu, Khải, Khang, Khánh, Khoa, Khôi, Kiên, Lâm, Lộc, Long, Lực,
     Mạnh, Minh, Nam, Nghĩa, Nguyên, Nhân, Ninh, Phát, Phong, Phú, Phúc, Phước, Quân, Quang, Quý, Quyết, Sơn, Sỹ, Tài,
     Tâm, Tân, Thái, Thắng, Thành, Thiện, Thịnh, Thọ, Thuận, Tiến, Toàn, Trí, Trung, Trường, Tú, Tuấn, Tùng, Tường, Việt,
     Vinh, Vũ, Vượng, Xuân`,
  ),
  female: words(
    `Ái, An, Anh, Ánh, Bích, Châu, Chi, Cúc, Diễm, Diệp, Dung, Duyên, Đào, Giang, Hà, Hạnh, Hằng, Hân, Hiền, Hiếu, Hoa,
     Hòa, Hoài, Hồng, Huệ, Huế, Hương, Hường, Khuê, Lam, Lan, Lệ, Liên, Liễu, Linh, Loan, Lương, Ly, Mai, Miên, My, Mỹ,
     Nga, Ngân, Ngọc, Nguyệt, Nhàn, Nhi, Nhung, Như, Nương, Oanh, Phương, Phượng, Quyên, Quỳnh, Sen, Tâm, Thảo, Thắm,
     Thanh, Thoa, Thơ, Thu, Thủy, Thúy, Thư, Thương, Tiên, Trà, Trang, Trâm, Trinh, Trúc, Tuyết, Tươi, Uyên, Vân, Vy,
     Xuân, Yến`,
  ),
}

/** Family and middle names by ethnic group, where they differ from Kinh ones. Codes as in `ethnic-groups.ts`. */
export const namesByEthnicGroup: Readonly<
  Record<string, { family: readonly string[]; male: readonly string[]; female: readonly string[] }>
> = {
  '02': {
    family: words('Nông, Hoàng, Triệu, Lương, Ma'),
    male: words('Văn, Đức, Quốc'),
    female: words('Thị, Thị Hồng'),
  },
  '03': { family: words('Lò, Cầm, Quàng, Hà, Vi'), male: words('Văn, Trung'), female: words('Thị, Thị Ngọc') },
  '05': { family: words('Thạch, Sơn, Kim, Danh'), male: words('Sa, Chanh, Minh'), female: words('Thị, Thị Sa, Sô') },
  '06': { family: words('Bùi, Quách, Hà, Đinh'), male: words('Văn, Quang'), female: words('Thị, Thị Kiều') },
  '07': { family: words('Nông, Hứa, Lưu, Vi'), male: words('Văn, Minh'), female: words('Thị') },
  '08': { family: words('Giàng, Vàng, Sùng, Thào, Lý'), male: words('A, A, Seo, Mí'), female: words('Thị, Thị, Seo') },
  '09': { family: words('Triệu, Bàn, Phùng, Đặng'), male: words('Văn, Tòn, Sinh'), female: words('Thị, Mùi') },
  '12': { family: words('Niê, Niê Kđăm, Mlô, Ayun'), male: words('Y'), female: words('H') },
}
