import type { Rule } from '../rule.ts'
import { rules } from './check-dossier.ts'

const cell = (text: string): string => text.replaceAll('|', '\\|')

const line = ({ id, severity, table, field, vi, en, wayOut, source }: Rule): string => {
  const place = [table, field].filter((part) => part !== null).join('.')
  return `| ${id} | ${severity} | ${place} | ${cell(vi)} — ${cell(en)} | ${cell(wayOut)} | ${cell(source)} |`
}

/** The table of all rules as it stands in docs/rules/health-insurance-rules.md. */
export const rulesDocument = (): string =>
  [
    '# Rules of the insurance dossiers',
    '',
    'Written from the rules themselves; `npm test` holds both equal (`LANH_DOCUMENTS=1` writes it anew). How files are',
    'read, checked, signed and sent stands in [health-insurance.md](health-insurance.md).',
    '',
    '`reject`: the file cannot be read as a dossier and nothing is stored · `error`: must not be sent · `warning`: a person',
    'should look. Each rule can be switched off by the insurance desk, which then shows how many dossiers it concerns.',
    '',
    '| rule | severity | place | what it says | way out | source |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rules.map(line),
    '',
  ].join('\n')
