import { QUANTITY_PRECISION } from '#hospital/laboratory'

/** A member `value` that is a number ending in a zero after the point: `"value":7.0`. */
const TRAILING_ZERO = /"value"\s*:\s*-?\d+\.(\d*0)(?=[\s,}])/g

/**
 * FHIR's decimals keep the zeros they were written with (7.0 is measured to a tenth, 7 is not); numbers of JavaScript do
 * not. Before the text is parsed each such number gets the extension of the standard that says how many decimals it has.
 *
 * The text of JSON can be searched like this: inside a string a quotation mark is escaped, so `"value":` is a member.
 *
 * @source http://hl7.org/fhir/R4/datatypes.html#decimal
 */
export const keepDecimals = (json: string): string =>
  json.replace(
    TRAILING_ZERO,
    (member, decimals: string) =>
      `${member},"_value":{"extension":[{"url":"${QUANTITY_PRECISION}","valueInteger":${decimals.length}}]}`,
  )
