/** `npm run check`: format, types, lint, arrows between folders, cycles, names. All at once, half a minute at most. */
import { spawn } from 'node:child_process'
import { complaintsAbout, complaintsAboutName } from './arrows.ts'
import { findCycles } from './cycles.ts'
import { SHELVES } from './house-rules.ts'
import { importsOf, sourceFiles } from './imports.ts'

interface Finding {
  readonly name: string
  readonly ok: boolean
  readonly printed: string
}

const TOOLS: readonly { name: string; program: string; args: readonly string[] }[] = [
  {
    name: 'format',
    program: 'node_modules/prettier/bin/prettier.cjs',
    args: ['--check', '--cache', '--log-level=warn', '.'],
  },
  { name: 'types', program: 'node_modules/typescript/bin/tsc', args: ['--noEmit'] },
  { name: 'lint', program: 'node_modules/oxlint/bin/oxlint', args: ['.'] },
]

const runTool = ({ name, program, args }: (typeof TOOLS)[number]): Promise<Finding> =>
  new Promise((resolve) => {
    let printed = ''
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.on('data', (text: Buffer) => (printed += text.toString()))
    child.stderr.on('data', (text: Buffer) => (printed += text.toString()))
    child.on('close', (code) => resolve({ name, ok: code === 0, printed }))
  })

function inspectHouse(): Finding {
  const files = sourceFiles(Object.keys(SHELVES))
  const imports = files.flatMap(importsOf)
  const lines = [
    ...imports.flatMap(complaintsAbout).map(({ file, says }) => `${file}: ${says}`),
    ...files.flatMap(complaintsAboutName).map(({ file, says }) => `${file}: ${says}`),
    ...findCycles(imports).map((cycle) => `import cycle: ${cycle.join(' → ')}`),
  ]
  return { name: 'house', ok: lines.length === 0, printed: lines.join('\n') }
}

const findings = [inspectHouse(), ...(await Promise.all(TOOLS.map(runTool)))]
for (const { name, ok, printed } of findings) {
  console.log(`${ok ? '✓' : '✗'} ${name}`)
  if (!ok) console.log(printed.trimEnd().replaceAll(/^/gm, '  '))
}
process.exitCode = findings.every(({ ok }) => ok) ? 0 : 1
