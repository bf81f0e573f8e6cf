/** The part of the UCUM library that we call; it brings no types of its own. */
declare module '@lhncbc/ucum-lhc' {
  interface UcumLhcUtils {
    convertToBaseUnits(unit: string, value: number): unknown
  }
  const ucum: { readonly UcumLhcUtils: { getInstance(): UcumLhcUtils } }
  export default ucum
}
