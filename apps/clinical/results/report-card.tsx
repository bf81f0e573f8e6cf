import { useTranslation } from 'react-i18next'
import type { DiagnosticReport, Observation } from '#fhir/r4'
import { dateTimeText } from '#hospital/calendar'
import { conceptText, interpret, resultUnit, valueText } from '#hospital/laboratory'
import { clinicalDate } from '#hospital/medical-record'
import { FormerValues } from '../parts/former-values.tsx'
import { ResultSign } from '../parts/result-sign.tsx'
import classes from './results-page.module.css'

interface Props {
  readonly report: DiagnosticReport
  readonly findings: ReadonlyMap<string, Observation>
}

/** One report: what, when, by whom; the conclusion; the findings behind it. */
export function ReportCard({ report, findings }: Props) {
  const { t } = useTranslation()
  const own = (report.result ?? [])
    .map((result) => findings.get(result.reference ?? ''))
    .filter((one) => one !== undefined)
  const author = report.resultsInterpreter?.[0]?.display ?? report.performer?.[0]?.display
  return (
    <article className={classes.report}>
      <header>
        <h2>{conceptText(report.code)}</h2>
        <span className="quiet">{[dateTimeText(clinicalDate(report)), author].filter(Boolean).join(' · ')}</span>
      </header>
      {report.conclusion && (
        <p>
          <span className="quiet">{t('results.conclusion')}:</span> <strong>{report.conclusion}</strong>
        </p>
      )}
      {own.map((finding) => (
        <p key={finding.id}>
          <span className="quiet">{conceptText(finding.code)}:</span> <ResultSign is={interpret(finding)} />{' '}
          {valueText(finding)} {resultUnit(finding)} <FormerValues observation={finding} />
        </p>
      ))}
    </article>
  )
}
