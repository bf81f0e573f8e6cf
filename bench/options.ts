import { parseArgs } from 'node:util'

export const HELP = `Measures Lành and the floors of this machine in one run. Nothing else should be busy on the machine.

  npm run bench -- [OPTIONS]

  --only TEXT         only workloads whose name contains the text; may be given several times
  --seconds N         counted seconds for each workload and number of connections (3)
  --connections LIST  numbers of connections (1,8,32)
  --bundles N         patients that are imported (100)
  --scale N           then the same with N times the data, and how the medians grew
  --write             writes the report to docs/benchmarks.md
  --auth              the same again with sign-in, policies and audit, and how much of each figure is left
  --insurance N       instead of all that: N insurance dossiers checked, imported, exported and signed
  --profile FOLDER    CPU profiles of the server, one for each workload
`

export interface Options {
  readonly only: readonly string[]
  readonly seconds: number
  readonly connections: readonly number[]
  readonly bundles: number
  /** 1: no growth */
  readonly scale: number
  readonly write: boolean
  readonly auth: boolean
  readonly profile: string | undefined
  /** dossiers; null: the record is measured */
  readonly insurance: number | null
}

function positive(name: string, text: string): number {
  const value = Number(text)
  if (!(value > 0)) throw new Error(`--${name} must be a number above 0, not "${text}"`)
  return value
}

/** @returns null when help is asked for @throws with a sentence for whoever typed it */
export function readOptions(args: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string', multiple: true, default: [] },
      seconds: { type: 'string', default: '3' },
      connections: { type: 'string', default: '1,8,32' },
      bundles: { type: 'string', default: '100' },
      scale: { type: 'string', default: '1' },
      write: { type: 'boolean', default: false },
      auth: { type: 'boolean', default: false },
      profile: { type: 'string' },
      insurance: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return null
  return {
    only: values.only.map((text) => text.toLowerCase()),
    seconds: positive('seconds', values.seconds),
    connections: values.connections.split(',').map((text) => positive('connections', text)),
    bundles: positive('bundles', values.bundles),
    scale: positive('scale', values.scale),
    write: values.write,
    auth: values.auth,
    profile: values.profile,
    insurance: values.insurance === undefined ? null : positive('insurance', values.insurance),
  }
}
