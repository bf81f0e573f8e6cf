/**
 * Where a test or a bedside measurement stands on a Vietnamese sheet, and in which order. Known by LOINC number; a
 * number not listed falls to `other`, at the end, in the order of its name.
 * @source https://loinc.org
 */
const SHEETS = {
  bedside: `
    8867-4 8310-5 85354-9 55284-4 8480-6 8462-4 9279-1 59408-5 2708-6 3150-6 9269-2 72514-3 3167-4 29463-7
    8302-2 39156-5`,
  haematology: `
    6690-2 26464-8 789-8 26453-1 718-7 4544-3 20570-8 787-2 30428-7 785-6 28539-5 786-4 28540-3 788-0 21000-5
    777-3 26515-7 32623-1 32207-3 770-8 26511-6 751-8 26499-4 736-9 26478-8 731-0 26474-7 5905-5 742-7 713-8
    711-2 706-2 704-7 17849-1 4679-7 30341-2 4537-7 882-1`,
  coagulation: `
    5902-2 5894-1 6301-6 3173-2 14979-9 3255-7 48065-7 48066-5 5964-2`,
  biochemistry: `
    2345-7 2339-0 14749-6 15074-8 1558-6 4548-4 59261-8 3094-0 22664-7 6299-2 14937-7 2160-0 14682-9 38483-4
    33914-3 98979-8 62238-1 48642-3 77147-7 69405-9 3084-1 14933-6 1920-8 30239-8 1742-6 1743-4 2324-2 6768-6
    1975-2 14631-6 1968-7 14629-0 1971-1 2885-2 1751-7 10834-0 2951-2 2947-0 2823-3 6298-4 2075-0 2069-3
    2028-9 20565-8 17861-6 2000-8 49765-1 1994-3 19123-9 2601-3 2777-1 14879-1 2093-3 14647-2 2571-8 14927-8
    18262-6 13457-7 22748-8 2089-1 2085-9 14646-4 1798-8 3040-3 2157-6 13969-1 2532-0 14804-9 2276-4 2498-4
    14798-3 2524-7 32693-4 1988-5 33959-8 75241-0 10839-9 6598-7 67151-1 89579-7 33762-6 30934-4 42637-9`,
  'blood-gas': `
    2744-1 11558-4 2019-8 11557-6 2703-7 11556-8 1959-6 1960-4 14627-4 1925-7 11555-0 2713-6`,
  immunology: `
    3016-3 11579-0 3024-7 14920-3 3026-2 3053-6 3051-0 5195-3 5196-1 22322-2 13955-0 16128-1 7918-6 56888-1
    75622-1 24113-3 1834-1 2039-6 2731-8 2857-1 83112-3 24108-3 10334-1 75377-2 2106-3 21198-7 11572-5`,
  urine: `
    5803-2 2756-5 5811-5 2965-2 20454-5 5804-0 20505-4 25428-4 5792-7 2350-7 2514-8 5797-6 5770-3 5818-7
    19161-9 5794-3 5799-2 5802-4 5778-6 5767-9 9318-7 32294-1 14959-1 14957-5 2888-6 2161-8`,
  microbiology: `
    600-7 630-4 6463-4 664-3 11545-1 94500-6 94558-4 75375-6 76080-1 88142-3 38270-5`,
} as const

export type TestGroup = keyof typeof SHEETS | 'other'

const PLACE: ReadonlyMap<string, readonly [TestGroup, number]> = new Map(
  (Object.keys(SHEETS) as (keyof typeof SHEETS)[])
    .flatMap((group) =>
      SHEETS[group]
        .trim()
        .split(/\s+/)
        .map((code) => [code, group] as const),
    )
    .map(([code, group], at) => [code, [group, at] as const]),
)

const LAST = Number.MAX_SAFE_INTEGER

/** @param codes every code the result carries; the first known one decides */
export function testPlace(codes: readonly (string | undefined)[]): readonly [group: TestGroup, order: number] {
  for (const code of codes) {
    const place = code === undefined ? undefined : PLACE.get(code)
    if (place) return place
  }
  return ['other', LAST]
}
