import { Anchor, Button, Progress } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ImportRun } from '#apps/server'
import { languageNow } from '../text/index.ts'
import { askDesk, tellDesk } from './desk-requests.ts'
import { FindingWords } from './finding-words.tsx'
import classes from './import.module.css'
import { bytesText } from './money-text.ts'
import { SeverityCounts } from './severity-mark.tsx'
import { useDeskText } from './text/use-desk-text.ts'
import { isUnderWay } from './use-imports.ts'

interface Props {
  readonly run: ImportRun
  readonly isOpen: boolean
  readonly onToggle: () => void
}

const rateOf = ({ dossiers, seconds }: ImportRun): string =>
  seconds > 0 ? String(Math.round(dossiers / seconds)) : '–'

/** One file at the server: how far it is, what became of it, what was found. */
export function ImportLine({ run, isOpen, onToggle }: Props) {
  const t = useDeskText()
  const client = useQueryClient()
  const path = `imports/${encodeURIComponent(run.id)}`
  const act = useMutation({
    mutationFn: (what: 'cancel' | 'resume') =>
      what === 'cancel'
        ? askDesk<ImportRun>(path, { method: 'DELETE' })
        : tellDesk<ImportRun>('POST', `${path}/resume`),
    onSettled: () => client.invalidateQueries({ queryKey: ['insurance'] }),
  })
  const refusedFor = run.state === 'refused' && !isOpen && run.findings[0]
  const figures = t('import.figures', {
    dossiers: run.dossiers,
    resources: run.resources,
    seconds: run.seconds.toFixed(1).replace('.', ','),
    rate: rateOf(run),
  })
  return (
    <article className={classes.run} aria-label={run.file}>
      <header className={classes.head}>
        <strong className={classes.file} title={run.file}>
          {run.file}
        </strong>
        {run.state === 'done' && <SeverityCounts counts={run.counts} />}
        {run.toSend && <span className={classes.figures}>{t('import.isToSend')}</span>}
        <span className={classes.state} data-state={run.state}>
          {t(`import.state.${run.state}`)}
        </span>
        {(run.findings.length > 0 || run.state === 'done') && (
          <Button size="compact-xs" variant="default" aria-expanded={isOpen} onClick={onToggle}>
            {t(isOpen ? 'import.hide' : 'import.show')}
          </Button>
        )}
        {isUnderWay(run) && (
          <Button size="compact-xs" variant="default" loading={act.isPending} onClick={() => act.mutate('cancel')}>
            {t('import.cancel')}
          </Button>
        )}
        {(run.state === 'cancelled' || run.state === 'interrupted') && (
          <Button size="compact-xs" loading={act.isPending} onClick={() => act.mutate('resume')}>
            {t('import.resume')}
          </Button>
        )}
      </header>
      {run.state === 'running' && (
        <Progress size="sm" value={(run.bytesRead / Math.max(1, run.bytes)) * 100} aria-label={run.file} />
      )}
      <p className={classes.figures}>
        {run.state === 'done'
          ? figures
          : [t('import.read', { read: bytesText(run.bytesRead), bytes: bytesText(run.bytes) }), run.dossiers && figures]
              .filter(Boolean)
              .join(' · ')}
      </p>
      {refusedFor && (
        <p className={classes.refused}>{languageNow() === 'vi' ? refusedFor.message : refusedFor.english}</p>
      )}
      {isOpen && <ImportFindings run={run} reportPath={`/insurance/${path}/report.csv`} />}
    </article>
  )
}

function ImportFindings({ run, reportPath }: { readonly run: ImportRun; readonly reportPath: string }) {
  const t = useDeskText()
  return (
    <section className={classes.findings} aria-label={t('import.findings', { file: run.file })}>
      <p>
        {run.findings.length === 0 ? t('import.noFindings') : t('import.firstFifty')}{' '}
        <Anchor href={reportPath} download size="sm">
          {t('import.report')}
        </Anchor>
      </p>
      <ol>
        {run.findings.map((finding, at) => (
          <li key={`${finding.rule} ${at}`}>
            <FindingWords finding={finding} before={finding.visit ?? ''} />
          </li>
        ))}
      </ol>
    </section>
  )
}
