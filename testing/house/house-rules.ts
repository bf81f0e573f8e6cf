/**
 * Who may import whom. One line a shelf of the house; `npm run check` holds them (see docs/decisions).
 * A unit is a folder on a shelf, such as `hospital/stay`; its public face is its index.ts.
 */
export interface Shelf {
  /** shelves whose units may be imported, by `#shelf/unit`; or single units */
  readonly ours: readonly string[]
  /** packages, where not every package is welcome; `node:` modules are listed like packages, inner paths are not */
  readonly packages?: readonly string[]
}

/** What a rule on a shelf may need and what runs in a browser as well as on a server. */
const PURE_PACKAGES = ['fhirpath', '@lhncbc/ucum-lhc', 'fhir']

export const SHELVES: Readonly<Record<string, Shelf>> = {
  // Reads its generated definitions from beside itself; everything else is pure.
  fhir: {
    ours: ['fhir'],
    packages: [
      ...PURE_PACKAGES,
      'node:buffer',
      'node:fs',
      'node:module',
      'node:url',
      'node:path',
      'node:crypto',
      'node:zlib',
    ],
  },
  hospital: { ours: ['hospital', 'fhir'], packages: PURE_PACKAGES },
  // Base64 of whole documents needs Buffer; saxes is the XML reader; node:crypto hashes, and signs with keys it is given.
  obligations: {
    ours: ['obligations', 'hospital', 'fhir'],
    packages: [...PURE_PACKAGES, 'node:buffer', 'node:crypto', 'saxes'],
  },
  rollout: { ours: ['rollout', 'obligations', 'hospital', 'fhir'], packages: PURE_PACKAGES },
  foundation: { ours: ['foundation', 'fhir'] },
  // The demo hospital ships with the product, although it lives where believable hospitals are made.
  apps: { ours: ['apps', 'rollout', 'obligations', 'hospital', 'foundation', 'fhir', 'testing/demo-hospital'] },
  testing: { ours: ['testing', 'bench', 'apps', 'rollout', 'obligations', 'hospital', 'foundation', 'fhir'] },
  bench: { ours: ['testing', 'bench', 'apps', 'rollout', 'obligations', 'hospital', 'foundation', 'fhir'] },
}

/** Packages for screens: welcome in apps and in the `ui` folder of a unit, nowhere else. */
export const SCREEN_PACKAGES = /^(react|react-dom|react-i18next|@mantine\/|@tabler\/|@tanstack\/|uplot|echarts)/

/** Packages that tests and tools may use wherever they lie. */
export const TEST_PACKAGES =
  /^(vitest|fast-check|vite|@vitejs\/|playwright-core|node:|fhir-kit-client|fhirclient|@medplum\/core|xml-crypto|@xmldom\/xmldom)/

/** Names that say nothing: the place that is called so is imported by everybody and can be described by nobody. */
export const EMPTY_NAMES = /^(utils?|helpers?|common|shared|misc|manager|service|core|lib)s?$/
