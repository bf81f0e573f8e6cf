import { useTranslation } from 'react-i18next'
import type { AllergyIntolerance } from '#fhir/r4'
import { dateText } from '#hospital/calendar'
import { allergyState, isSevereAllergy } from '#hospital/identification'
import { conceptText } from '#hospital/laboratory'
import { Panel } from '../parts/panel.tsx'
import { RecordTable } from '../parts/record-table.tsx'
import { AllergyMark } from '../patient/allergy-mark.tsx'
import classes from './allergy-panel.module.css'

/** The allergies, or in plain words that there are none, or that nobody asked. */
export function AllergyPanel({ records }: { readonly records: readonly AllergyIntolerance[] }) {
  const { t } = useTranslation()
  const state = allergyState(records)
  if (state.kind !== 'known') {
    return (
      <Panel title={t('allergy.title')}>
        <div className={classes.answer}>
          <AllergyMark allergy={state} />
          <p>{t(state.kind === 'not-asked' ? 'allergy.notAskedWhy' : 'allergy.noneWhy')}</p>
        </div>
      </Panel>
    )
  }
  return (
    <Panel title={t('allergy.title')} count={state.allergies.length}>
      <RecordTable
        short
        head={[
          t('allergy.title'),
          t('allergy.reaction'),
          t('allergy.criticality'),
          t('allergy.recorded'),
          t('problems.recorder'),
        ]}
      >
        {state.allergies.map((allergy) => (
          <AllergyRow key={allergy.id} allergy={allergy} />
        ))}
      </RecordTable>
    </Panel>
  )
}

function AllergyRow({ allergy }: { readonly allergy: AllergyIntolerance }) {
  const { t } = useTranslation()
  const severe = isSevereAllergy(allergy)
  const reactions = (allergy.reaction ?? []).flatMap((reaction) => reaction.manifestation).map(conceptText)
  return (
    <tr>
      <th scope="row">{conceptText(allergy.code)}</th>
      <td>{reactions.join(', ')}</td>
      <td>
        {severe ? (
          <strong className={classes.severe}>‼ {t('allergy.high')}</strong>
        ) : (
          t(allergy.criticality === 'low' ? 'allergy.low' : 'allergy.unknown')
        )}
      </td>
      <td>{dateText(allergy.recordedDate ?? allergy.onsetDateTime)}</td>
      <td>{allergy.recorder?.display}</td>
    </tr>
  )
}
