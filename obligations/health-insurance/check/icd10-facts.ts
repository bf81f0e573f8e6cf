/**
 * What ICD-10 says of codes beyond their names, as ranges of three-character categories (or longer codes).
 * @source QĐ 4469/QĐ-BYT (28/10/2020); WHO, ICD-10 volume 2, sections 3.1.3 (dagger and asterisk) and 4.4
 */

const expand = (ranges: string): ReadonlySet<string> => {
  const codes = new Set<string>()
  for (const range of ranges.split(' ')) {
    const [from = '', to = from] = range.split('-')
    const letter = from.slice(0, 1)
    for (let number = Number(from.slice(1)); number <= Number(to.slice(-2)); number += 1)
      codes.add(`${letter}${String(number).padStart(2, '0')}`)
  }
  return codes
}

/** Categories of asterisk codes: the manifestation, never the principal diagnosis. */
export const asterisk = expand(
  'D63 D77 E35 E90 F00 F02 G01-G02 G05 G07 G13 G22 G26 G32 G46 G53 G55 G59 G63 G73 G94 G99 H03 H06 H13 H19 H22 H28 H32 H36 H42 H45 H48 H58 H62 H67 H75 H82 H94 I32 I39 I41 I43 I52 I68 I79 I98 J17 J91 J99 K23 K67 K77 K87 K93 L14 L45 L54 L62 L86 L99 M01 M03 M07 M09 M36 M49 M63 M68 M73 M82 M90 N08 N16 N22 N29 N33 N37 N51 N74 N77 P75',
)

/** Agents and causes: they only accompany another code. */
export const neverPrincipal = expand('B95-B98 V01-V99 W00-W99 X00-X99 Y00-Y98')

/** Whole categories of one sex. */
export const maleOnly = expand('C60-C63 D29 D40 N40-N51 Q53-Q55')
export const femaleOnly = expand('C51-C58 D25-D28 D39 N70-N77 N80-N98 O00-O99 Q50-Q52 Z34-Z39')

/** Conditions that begin around birth. */
export const perinatal = expand('P00-P96')
/** Pregnancy, childbirth and the puerperium. */
export const ofPregnancy = expand('O00-O99')
