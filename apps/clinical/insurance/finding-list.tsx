import { UnstyledButton } from '@mantine/core'
import type { Finding } from '#obligations/health-insurance'
import { Nothing } from '../parts/nothing.tsx'
import { languageNow } from '../text/index.ts'
import classes from './dossier.module.css'
import { FindingWords } from './finding-words.tsx'
import finding from './finding.module.css'
import { useDeskText } from './text/use-desk-text.ts'
import { useRules } from './use-desk.ts'

interface Props {
  readonly findings: readonly Finding[]
  readonly chosen: number | undefined
  readonly onChoose: (at: number) => void
}

/** What is wrong, worst first. A click leads to the cell; "why" tells rule, source and way out. */
export function FindingList({ findings, chosen, onChoose }: Props) {
  const t = useDeskText()
  if (findings.length === 0) return <Nothing>{t('dossier.noFindings')}</Nothing>
  return (
    <div className={classes.sheet} tabIndex={0} role="region" aria-label={t('dossier.findings')}>
      <ol className={finding.list}>
        {findings.map((one, at) => (
          <li key={`${one.rule} ${one.table} ${one.row} ${one.field} ${at}`} className={finding.item}>
            <UnstyledButton
              className={finding.go}
              aria-current={at === chosen || undefined}
              onClick={() => onChoose(at)}
            >
              <FindingWords finding={one} />
            </UnstyledButton>
            <Why of={one} />
          </li>
        ))}
      </ol>
      <p className={`quiet ${finding.hint}`}>{t('dossier.next')}</p>
    </div>
  )
}

function Why({ of: { rule, source, wayOut } }: { readonly of: Finding }) {
  const t = useDeskText()
  const text = useRules().data?.find(({ id }) => id === rule)
  return (
    <details className={finding.why}>
      <summary>{t('dossier.why')}</summary>
      <dl>
        <dt>{t('dossier.rule')}</dt>
        <dd>
          <b>{rule}</b> {text && (languageNow() === 'vi' ? text.vi : text.en)}
        </dd>
        <dt>{t('dossier.source')}</dt>
        <dd>{source}</dd>
        <dt>{t('dossier.wayOut')}</dt>
        <dd>{wayOut}</dd>
      </dl>
    </details>
  )
}
