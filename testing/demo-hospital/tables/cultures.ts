/** Cultures of the long stay: what was sown, what grew, which antibiotics work (S), half work (I), do not (R). */
export interface Culture {
  readonly day: number
  readonly specimen: string
  readonly organism?: string
  readonly count?: string
  readonly antibiogram?: readonly (readonly [antibiotic: string, result: 'S' | 'I' | 'R'])[]
}

export const cultures: readonly Culture[] = [
  {
    day: 0,
    specimen: 'Máu',
    organism: 'Klebsiella pneumoniae',
    antibiogram: [
      ['Ceftriaxon', 'R'],
      ['Piperacilin/Tazobactam', 'I'],
      ['Meropenem', 'S'],
      ['Levofloxacin', 'S'],
      ['Amikacin', 'S'],
    ],
  },
  { day: 0, specimen: 'Dịch phế quản', organism: 'Klebsiella pneumoniae', count: '10⁶ CFU/mL' },
  {
    day: 18,
    specimen: 'Dịch phế quản',
    organism: 'Pseudomonas aeruginosa',
    count: '10⁷ CFU/mL',
    antibiogram: [
      ['Ceftazidim', 'R'],
      ['Piperacilin/Tazobactam', 'R'],
      ['Meropenem', 'I'],
      ['Ciprofloxacin', 'R'],
      ['Amikacin', 'S'],
      ['Colistin', 'S'],
    ],
  },
  { day: 18, specimen: 'Máu' },
  { day: 30, specimen: 'Dịch phế quản' },
  {
    day: 72,
    specimen: 'Nước tiểu',
    organism: 'Escherichia coli',
    count: '10⁵ CFU/mL',
    antibiogram: [
      ['Ampicilin', 'R'],
      ['Ceftriaxon', 'S'],
      ['Ciprofloxacin', 'R'],
      ['Fosfomycin', 'S'],
      ['Nitrofurantoin', 'S'],
    ],
  },
]
