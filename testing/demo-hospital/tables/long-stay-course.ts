/**
 * The 120 days of patient 2, told by turning points: severe pneumonia with septic shock and respiratory failure,
 * kidney failure, ventilator-associated pneumonia, tracheostomy, weaning, months of recovery, a urinary infection, home.
 */
export const LONG_STAY_DAYS = 120

/** Strength of each trouble by day of the stay. */
export const troubles = [
  {
    points: [
      [0, 0.75],
      [1, 1],
      [5, 0.75],
      [10, 0.3],
      [15, 0.3],
      [18, 0.95],
      [22, 0.6],
      [30, 0.18],
      [45, 0.05],
      [71, 0.02],
      [73, 0.5],
      [79, 0.1],
      [90, 0],
      [120, 0],
    ],
    effects: {
      temperature: 2.1,
      pulse: 34,
      wbc: 15,
      neutrophils: 28,

      crp: 240,
      procalcitonin: 24,
      albumin: -14,
      fibrinogen: 3,
      glucose: 4,
    },
  },
  {
    points: [
      [0, 0.8],
      [1, 1],
      [6, 0.85],
      [12, 0.5],
      [19, 0.85],
      [26, 0.5],
      [36, 0.25],
      [46, 0.1],
      [60, 0.02],
      [120, 0],
    ],
    effects: { respiration: 12, saturation: -7, po2: -34, pco2: 14, oxygen: 64, ph: -0.06 },
  },
  {
    points: [
      [0, 0.9],
      [1, 1],
      [3, 0.5],
      [5, 0.1],
      [6, 0],
      [17, 0],
      [18, 0.7],
      [20, 0.2],
      [21, 0],
      [120, 0],
    ],
    effects: { systolic: -30, diastolic: -20, lactate: 6.5, ph: -0.1, bicarbonate: -8, glasgow: -3 },
  },
  {
    points: [
      [0, 0.4],
      [3, 1],
      [9, 0.8],
      [16, 0.45],
      [20, 0.6],
      [34, 0.2],
      [60, 0.06],
      [120, 0.03],
    ],
    effects: { creatinine: 420, urea: 26, potassium: 1.4, urineOutput: -1200, phosphate: 0.9 },
  },
  {
    points: [
      [0, 0.4],
      [2, 0.9],
      [8, 0.4],
      [19, 0.6],
      [30, 0.1],
      [120, 0],
    ],
    effects: { ast: 210, alt: 180, bilirubin: 46, platelets: -150, inr: 0.5, aptt: 12 },
  },
  {
    points: [
      [0, 0.1],
      [6, 0.4],
      [20, 0.8],
      [40, 1],
      [70, 0.7],
      [100, 0.4],
      [120, 0.25],
    ],
    effects: { hemoglobin: -54, weight: -13, albumin: -5 },
  },
] as const

/** Sedated, then slowly awake. */
export const sedation = {
  points: [
    [0, 0],
    [0.2, 1],
    [14, 1],
    [24, 0.8],
    [34, 0.4],
    [44, 0.1],
    [50, 0],
    [120, 0],
  ],
  effects: { glasgow: -9, pulse: -8 },
} as const

/** Phases of care: department, how often vital signs are taken, how care is described, what is ordered. */
export const phases = [
  {
    from: 0,
    to: 46,
    department: 'intensive',
    hoursBetweenSigns: 3,
    medicines: [
      ['meropenem', 0, 14],
      ['vancomycin', 0, 10],
      ['levofloxacinIv', 0, 10],
      ['norepinephrine', 0, 6],
      ['midazolam', 0, 24],
      ['fentanyl', 0, 24],
      ['pantoprazoleIv', 0, 30],
      ['enoxaparin', 2, 46],
      ['colistin', 18, 32],
      ['piperacillin', 16, 18],
      ['meropenem', 18, 32],
      ['norepinephrine', 18, 21],
      ['nutritionIv', 2, 20],
      ['albuminIv', 4, 14],
      ['furosemideIv', 10, 30],
      ['fluconazoleIv', 22, 36],
      ['actrapid', 1, 40],
      ['salbutamolNebulised', 0, 46],
    ],
  },
  {
    from: 46,
    to: 120,
    department: 'medicine',
    hoursBetweenSigns: 6,
    medicines: [
      ['enoxaparin', 46, 70],
      ['salbutamolNebulised', 46, 75],
      ['acetylcysteine', 46, 110],
      ['omeprazole', 46, 120],
      ['ferrous', 50, 120],
      ['ceftriaxone', 72, 82],
      ['calciumD3', 60, 120],
      ['amlodipine', 80, 120],
      ['potassiumIv', 48, 54],
    ],
  },
] as const

/** Day, hour, procedure, and how many days it lasts when longer than the table says. */
export const interventions = [
  [0, 11, 'intubation', 0],
  [0, 12, 'centralLine', 0],
  [0, 12, 'ventilation', 40],
  [2, 10, 'continuousFiltration', 9],
  [15, 9, 'tracheostomy', 0],
  [18, 14, 'centralLine', 0],
] as const

/** Day and study. */
export const images = [
  [0, 'chestXrayPneumonia'],
  [0, 'ecg'],
  [1, 'chestCt'],
  [3, 'chestXrayPneumonia'],
  [6, 'echocardiogram'],
  [9, 'chestXrayPneumonia'],
  [12, 'abdomenUltrasound'],
  [18, 'chestXrayPneumonia'],
  [21, 'chestCt'],
  [27, 'chestXrayPneumonia'],
  [35, 'chestXray'],
  [48, 'chestXray'],
  [72, 'abdomenUltrasound'],
  [90, 'chestXray'],
  [116, 'echocardiogram'],
] as const

/** Diagnoses as they come up: day, code, name, day they are over. */
export const diagnoses = [
  [0, 'J15.9', 'Viêm phổi do vi khuẩn, không đặc hiệu', 40],
  [0, 'R57.2', 'Sốc nhiễm khuẩn', 6],
  [1, 'J80', 'Hội chứng suy hô hấp ở người lớn', 30],
  [1, 'N17.9', 'Suy thận cấp không đặc hiệu', 60],
  [18, 'J15.1', 'Viêm phổi do Pseudomonas', 34],
  [30, 'L89.1', 'Loét nằm giai đoạn II', 88],
  [72, 'N39.0', 'Nhiễm khuẩn hệ tiết niệu, vị trí không xác định', 82],
] as const

/** What the doctor writes, by day from which it holds. */
export const progress = [
  [
    0,
    'Người bệnh an thần, thở máy qua ống nội khí quản, FiO2 cao; mạch nhanh, huyết áp duy trì bằng noradrenalin; thiểu niệu.',
    'Thở máy bảo vệ phổi, kháng sinh phổ rộng, vận mạch, lọc máu liên tục, theo dõi lactat mỗi 6 giờ.',
  ],
  [
    6,
    'Đã ngừng vận mạch, còn thở máy, phổi ran ẩm hai bên giảm, nước tiểu tăng dần.',
    'Tiếp tục kháng sinh, giảm dần FiO2, nuôi dưỡng qua ống thông, cân bằng dịch âm.',
  ],
  [12, 'Tỉnh khi giảm an thần, cai máy thất bại lần một, đờm nhiều.', 'Hội chẩn mở khí quản, vật lý trị liệu hô hấp.'],
  [
    18,
    'Sốt trở lại 39 °C, đờm mủ xanh, huyết áp tụt, Xquang tổn thương mới.',
    'Cấy đờm, cấy máu; đổi kháng sinh meropenem phối hợp colistin, dùng lại vận mạch.',
  ],
  [
    22,
    'Hết sốt, huyết động ổn định, cấy đờm mọc Pseudomonas aeruginosa nhạy colistin.',
    'Tiếp tục colistin đủ 14 ngày, theo dõi creatinin hằng ngày.',
  ],
  [
    34,
    'Tự thở qua mở khí quản ban ngày, thở máy ban đêm; cơ lực tứ chi 3/5.',
    'Cai máy từng bước, tập ngồi, chăm sóc loét tì đè.',
  ],
  [
    46,
    'Tự thở hoàn toàn, oxy 2 lít/phút, tỉnh táo; chuyển Khoa Nội tổng hợp.',
    'Tiếp tục phục hồi chức năng, tập nuốt, nâng dinh dưỡng.',
  ],
  [
    58,
    'Đã rút canuyn mở khí quản, ăn cháo, ngồi dậy được; loét cùng cụt lên mô hạt.',
    'Tập đứng, thay băng loét hằng ngày, bù sắt.',
  ],
  [72, 'Sốt 38,6 °C, tiểu buốt, nước tiểu đục.', 'Cấy nước tiểu, ceftriaxon tĩnh mạch 10 ngày, rút ống thông tiểu.'],
  [82, 'Hết sốt, tự đi tiểu, đi lại có người dìu.', 'Tập đi, tăng đạm trong khẩu phần.'],
  [100, 'Đi lại với khung tập đi, vết loét liền, ăn ngon miệng.', 'Tập leo bậc, chuẩn bị ra viện, hướng dẫn gia đình.'],
  [
    116,
    'Tự sinh hoạt được, SpO2 97 % khí phòng, creatinin ổn định.',
    'Dự kiến ra viện, đơn thuốc ngoại trú, hẹn khám lại.',
  ],
] as const

/** What nurses write, in turn. */
export const careNotes = {
  intensive: [
    'Chăm sóc cấp I: hút đờm 2 giờ/lần, vệ sinh răng miệng, xoay trở 2 giờ/lần, chăm sóc đường truyền và đường thở.',
    'Chăm sóc cấp I: tắm tại giường, thay băng catheter tĩnh mạch trung tâm, chân băng khô, không đỏ. Nuôi ăn qua ống thông dung nạp tốt.',
    'Chăm sóc cấp I: tập vận động thụ động tứ chi, vỗ rung lồng ngực, kiểm tra vùng tì đè, bôi kem bảo vệ da.',
  ],
  ward: [
    'Chăm sóc cấp II: hỗ trợ ăn uống, tập vận động tại giường, thay băng vết loét, phòng ngã.',
    'Chăm sóc cấp II: dìu đi lại trong buồng 15 phút, ăn hết suất, ngủ được 6 giờ.',
    'Chăm sóc cấp II: hướng dẫn tập thở với dụng cụ, vệ sinh cá nhân, giải thích cho gia đình cách chăm sóc.',
  ],
} as const
