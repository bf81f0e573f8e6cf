import { Switch, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { RuleLine } from '#apps/server'
import type { FindingSeverity } from '#obligations/health-insurance'
import { Chips } from '../parts/chips.tsx'
import { Nothing } from '../parts/nothing.tsx'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { languageNow } from '../text/index.ts'
import desk from './desk.module.css'
import { DryRunDialog } from './dry-run-dialog.tsx'
import { SEVERITIES, SeverityMark } from './severity-mark.tsx'
import { useDeskText } from './text/use-desk-text.ts'
import { useRules } from './use-desk.ts'

/** Without marks and case, so that `ma benh` finds `Mã bệnh`. */
const folded = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLocaleLowerCase('vi')

/** Every rule with its source; switching one shows first what that changes. */
export function ChecksPage() {
  const t = useDeskText()
  const { data, error, refetch } = useRules()
  const [severity, setSeverity] = useState<FindingSeverity | null>(null)
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState<RuleLine>()
  if (error && !data) return <Trouble error={error} retry={() => void refetch()} />
  if (!data) return <PageSkeleton />
  const wanted = folded(typed.trim())
  const rules = data.filter(
    (rule) =>
      (severity === null || rule.severity === severity) &&
      folded(`${rule.id} ${rule.vi} ${rule.en} ${rule.source} ${rule.table} ${rule.field}`).includes(wanted),
  )
  return (
    <section className={desk.page} aria-label={t('checks.label')}>
      <div className={desk.tools}>
        <Chips
          label={t('checks.filter')}
          chosen={severity}
          chips={[
            { key: null, words: t('states.all') },
            ...SEVERITIES.map((key) => ({ key, words: t(`severity.${key}`) })),
          ]}
          onChoose={setSeverity}
        />
        <TextInput
          size="xs"
          className={desk.grow}
          aria-label={t('checks.search')}
          placeholder={t('checks.search')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <span role="status" className="quiet">
          {t('checks.count', { count: rules.length, off: rules.filter(({ enabled }) => !enabled).length })}
        </span>
      </div>
      {rules.length === 0 ? (
        <Nothing>{t('checks.none')}</Nothing>
      ) : (
        <div className={desk.sheet} tabIndex={0} role="region" aria-label={t('checks.label')}>
          <RuleTable rules={rules} onAsk={setAsked} />
        </div>
      )}
      {asked && <DryRunDialog rule={asked} onClose={() => setAsked(undefined)} />}
    </section>
  )
}

interface TableProps {
  readonly rules: readonly RuleLine[]
  readonly onAsk: (rule: RuleLine) => void
}

function RuleTable({ rules, onAsk }: TableProps) {
  const t = useDeskText()
  return (
    <table className={desk.table}>
      <thead>
        <tr>
          {(['on', 'severity', 'rule', 'place', 'source'] as const).map((column) => (
            <th key={column} scope="col">
              {t(`checks.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rules.map((rule) => (
          <tr key={rule.id}>
            <td>
              <Switch
                size="xs"
                checked={rule.enabled}
                label={t(rule.enabled ? 'checks.isOn' : 'checks.isOff')}
                aria-label={t(rule.enabled ? 'checks.switchOff' : 'checks.switchOn', { rule: rule.id })}
                onChange={() => onAsk(rule)}
              />
            </td>
            <td>
              <SeverityMark severity={rule.severity} />
            </td>
            <th scope="row" className={desk.words}>
              {languageNow() === 'vi' ? rule.vi : rule.en} <span className="quiet">{rule.id}</span>
              <p className={desk.wayOut}>{rule.wayOut}</p>
            </th>
            <td>{[rule.table, rule.field].filter(Boolean).join(' · ')}</td>
            <td className={desk.words}>{rule.source}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
