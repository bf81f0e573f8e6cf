import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { dateText, dateTimeText } from '#hospital/calendar'
import type { AllergyState } from '#hospital/identification'
import { conceptText, latestInOrder, valueText } from '#hospital/laboratory'
import { encounterPlace, encounterReason, problemList } from '#hospital/medical-record'
import { dosageSentence, isInUse, medicationName } from '#hospital/medication'
import type { Overview } from '../overview/use-overview.ts'
import { FormerValues } from '../parts/former-values.tsx'
import { hospitalToday } from '../parts/hospital-today.ts'
import { ResultSign } from '../parts/result-sign.tsx'
import { useVisitClass } from '../parts/use-visit-class.ts'
import { languageNow } from '../text/index.ts'
import classes from './print-page.module.css'
import { PrintTable } from './print-table.tsx'

interface Props {
  readonly overview: Overview
  readonly allergy: AllergyState
}

/** The sections of the summary, each a small table or a sentence that there is nothing. */
export function PrintSections({ overview, allergy }: Props) {
  const { t } = useTranslation()
  const visitClass = useVisitClass()
  const today = hospitalToday()
  const results = (observations: Overview['results']) =>
    latestInOrder(observations).map(({ row, cell, at }) => [
      row.name,
      <>
        {valueText(cell.observation, row.decimals)} {row.unit} <ResultSign is={cell.interpretation} word />{' '}
        <FormerValues observation={cell.observation} decimals={row.decimals} />
      </>,
      row.range,
      dateTimeText(at),
    ])
  const resultHead = [t('results.test'), t('results.value'), t('results.range'), t('visits.measured')]
  return (
    <div className={classes.sections}>
      <Section title={t('allergy.title')}>
        <p>{useAllergySentence(allergy)}</p>
      </Section>
      <PrintTable
        title={t('overview.problems')}
        nothing={t('overview.noProblems')}
        rows={problemList(overview.conditions)
          .filter((problem) => problem.active)
          .map((problem) => [problem.code, problem.name, dateText(problem.since)])}
      />
      <PrintTable
        title={t('overview.medicines')}
        nothing={t('overview.noMedicines')}
        rows={overview.medicines
          .filter((request) => isInUse(request, today))
          .map((request) => [
            medicationName(request),
            dosageSentence(request.dosageInstruction, languageNow()),
            dateText(request.authoredOn),
          ])}
      />
      <PrintTable
        title={t('overview.vitals')}
        nothing={t('overview.noVitals')}
        head={resultHead}
        rows={results(overview.vitals)}
      />
      <PrintTable
        title={t('print.recentResults')}
        nothing={t('overview.noResults')}
        head={resultHead}
        rows={results(overview.results)}
      />
      <PrintTable
        title={t('print.recentVisits')}
        nothing={t('overview.noVisit')}
        rows={overview.visits.map((visit) => [
          dateText(visit.period?.start),
          visitClass(visit),
          encounterReason(visit),
          encounterPlace(visit),
        ])}
      />
    </div>
  )
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  )
}

function useAllergySentence(allergy: AllergyState): string {
  const { t } = useTranslation()
  if (allergy.kind === 'not-asked') return `${t('allergy.notAsked')}. ${t('allergy.notAskedWhy')}`
  if (allergy.kind === 'none-known') return `${t('allergy.none')}.`
  return t('allergy.known', { names: allergy.allergies.map((one) => conceptText(one.code)).join(', ') })
}
