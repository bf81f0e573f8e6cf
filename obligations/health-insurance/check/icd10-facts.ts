/**
 * What decision 4469 says of ICD-10 codes beyond their names, as ranges of codes without their dot: "C51-C58" are whole
 * categories, "D070-D073" subcategories.
 * @source QĐ 4469/QĐ-BYT (28/10/2020), annexes A1 to A4; WHO, ICD-10 volume 2, sections 3.1.3 and 4.4
 */

/** Tells whether a code stands in a set of ranges. */
export type CodeSet = (code: string) => boolean

function expand(range: string): readonly string[] {
  const [from = '', to = from] = range.split('-')
  const stem = from.slice(0, from.length === 3 ? 1 : -1)
  const width = from.length - stem.length
  const first = Number(from.slice(stem.length))
  const count = Number(to.slice(stem.length)) - first + 1
  return Array.from({ length: count }, (_, i) => `${stem}${String(first + i).padStart(width, '0')}`)
}

/** Codes are asked for as they are written: with or without the dot and the marks of dagger and asterisk. */
function codeSet(ranges: string): CodeSet {
  const codes = new Set(ranges.split(' ').flatMap(expand))
  return (code) => {
    const plain = code.replace(/[.*+†]/g, '')
    for (let length = 3; length <= plain.length; length += 1) if (codes.has(plain.slice(0, length))) return true
    return false
  }
}

/** Asterisk codes: a manifestation, which needs its cause beside it. Annexes A1, A2. */
export const asterisk = codeSet(
  'D63 D77 E35 E90 F00 F02 G01-G02 G05 G07 G13 G22 G26 G32 G46 G53 G55 G59 G63 G73 G94 G99 H03 H06 H13 H19 H22 H28 H32 H36 H42 H45 H48 H58 H62 H67 H75 H82 H94 I32 I39 I41 I43 I52 I68 I79 I98 J17 J91 J99 K23 K67 K77 K87 K93 L14 L45 L54 L62 L86 L99 M01 M03 M09 M49 M63 M68 M73 M82 M90 N08 N16 N22 N29 N33 N37 N51 N74 N77 P75 M070-M076 M140-M146 M148 M360-M364 M368',
)

/** Agents and external causes: they only accompany another code. @source WHO, ICD-10 volume 2; annex A2 */
export const accompanying = codeSet('B95-B98 V01-V99 W00-W99 X00-X99 Y00-Y98')

/** Other codes that are not the main disease. Annex A2. */
export const notPrincipal = codeSet(
  'M99 O94-O97 P95 R54 T90-T98 U80-U81 U88-U89 Z00-Z02 Z32-Z35 Z37 Z85-Z89 Z91-Z95 Z98 G311 P964 R041 R067 R070 R196 R682 Z392 Z413 Z510-Z512 Z519 Z526-Z527 Z587 Z640 Z720-Z722 Z729 Z904 Z906-Z908 Z961-Z969 Z970-Z974 Z976 Z978 Z990-Z993 Z998-Z999',
)

/** Annex A4.1. */
export const femaleOnly = codeSet(
  'A34 C51-C58 D06 D25-D28 D39 E28 F53 N70-N77 N80-N98 O00-O08 O10-O16 O20-O26 O28-O36 O40-O48 O60-O75 O80-O92 O94-O97 O99 Q50-Q52 R87 Z32-Z37 Z39 B373 C796 D070-D073 E894 F525 I863 L292 L705 M800-M801 M810-M811 M830 N992-N993 O980-O986 O988-O989 P546 S314 S374-S376 T192-T193 T833 Z014 Z124 Z301 Z303 Z305 Z311-Z312 Z437 Z875 Z975',
)

/** Annex A4.2. */
export const maleOnly = codeSet(
  'C60-C63 D29 E29 N40-N51 Q54-Q55 R86 B260 D074-D076 D176 D400-D401 D407 E895 F524 I861 L291 S312-S313 Z125',
)

interface Age {
  readonly days?: number
  readonly years?: number
}

export interface AgeWindow {
  /** of QĐ 4469/QĐ-BYT */
  readonly annex: string
  /** youngest and oldest age; a bound in years is a count of birthdays */
  readonly from?: Age
  readonly to?: Age
  readonly holds: CodeSet
}

/** Codes that fit an age only. */
export const ageWindows: readonly AgeWindow[] = [
  {
    annex: 'A3.1',
    to: { days: 365 },
    holds: codeSet(
      'A33 P00-P05 P07-P08 P10-P15 P20-P26 P28-P29 P36-P39 P50-P61 P70-P72 P74-P78 P80-P81 P83 P90-P96 Z38 Q860',
    ),
  },
  { annex: 'A3.2', to: { years: 2 }, holds: codeSet('A500-A502') },
  { annex: 'A3.3', to: { years: 10 }, holds: codeSet('E301 R681 Z761-Z762') },
  { annex: 'A3.4', to: { years: 19 }, holds: codeSet('R62 G937 L211 M891-M892 Z001') },
  {
    annex: 'A3.5',
    from: { days: 28 },
    holds: codeSet(
      'B94 F80-F83 F88-F89 H40 H42 I09 J37 J41-J43 J80 K01 K03-K06 K08 K73 N01 N03 N18 I260 I270-I272 K001-K005 K007-K009 K020-K024 K028-K029 K072-K076 K078-K079 K220 K222 M352',
    ),
  },
  {
    annex: 'A3.6',
    from: { years: 1 },
    holds: codeSet(
      'A51 A53 A55-A60 A63-A64 B90-B92 C61 G14 G20 G26 G32 G35 I10-I11 I13 I20-I23 I25 I70 I83-I84 J44 J60-J67 K70 N40-N42 N72 N80-N81 N92 Z70 A503-A507 A540-A542 A546 G122 G258-G259 G308-G309 G310-G312 G319 I152 I158-I159 I240 I248-I249 I972 I982-I983 K000 K852 M513-M514 M750-M751 M753-M754 M801 M805 M811 M815 M834 M931 N140 N393 N510 N701 N711 N930 N940-N946 N953 N992-N993 T833 Z300-Z303 Z305 Z308-Z309 Z315 Z640 Z975',
    ),
  },
  { annex: 'A3.7', from: { years: 8 }, to: { years: 19 }, holds: codeSet('E309 Z003') },
  {
    annex: 'A3.8',
    from: { years: 9 },
    to: { years: 60 },
    holds: codeSet(
      'A34 C58 F53 N91 N96-N98 O00-O08 O10-O16 O20-O26 O28-O36 O40-O48 O60-O75 O80-O92 O94-O97 O99 Z32-Z37 Z39 M830 O980-O986 O988-O989 Z304 Z311-Z314 Z316 Z318-Z319',
    ),
  },
  {
    annex: 'A3.9',
    from: { years: 15 },
    holds: codeSet(
      'A52 F01 F03 M15 M45 N46 M023 M051-M053 M058-M059 M060-M061 M068-M069 M0700 M0704 M0707 M0709 M071-M076 M140 M300 M315 M331 M353 M421 M480 M832-M833 M835 M838-M839 N484 Z310',
    ),
  },
  { annex: 'A3.10', from: { years: 30 }, holds: codeSet('H25 R54 G301 M800 M810 M831 N950-N952 N958-N959') },
]
