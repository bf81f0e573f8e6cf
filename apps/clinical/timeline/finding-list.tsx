import { useTranslation } from 'react-i18next'
import type { Finding } from '#hospital/medical-record'
import { FormerValues } from '../parts/former-values.tsx'
import { ResultSign } from '../parts/result-sign.tsx'
import classes from './timeline-page.module.css'

const MOST = 8

/** Values side by side, the abnormal ones first; the rest is counted. */
export function FindingList({ findings }: { readonly findings: readonly Finding[] }) {
  const { t } = useTranslation()
  if (findings.length === 0) return null
  const rest = findings.length - MOST
  return (
    <span className={classes.findings}>
      {findings.slice(0, MOST).map((finding, at) => (
        <span key={`${finding.name} ${at}`} className={classes.finding}>
          {finding.name} <ResultSign is={finding.interpretation} />
          <b>
            {finding.value} {finding.unit}
          </b>
          {finding.corrected && <FormerValues observation={finding.corrected} />}
        </span>
      ))}
      {rest > 0 && <span className="quiet">{t('timeline.moreValues', { count: rest })}</span>}
    </span>
  )
}
