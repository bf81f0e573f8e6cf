import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { MedicationRequest } from '#fhir/r4'
import { dateText } from '#hospital/calendar'
import { conceptText } from '#hospital/laboratory'
import { dosageSentence, medicationName, plannedEnd, treatmentDay } from '#hospital/medication'
import { ListEnd } from '../parts/list-end.tsx'
import { RecordTable } from '../parts/record-table.tsx'
import type { Pages } from '../server/index.ts'
import { languageNow } from '../text/index.ts'
import classes from './medicine-table.module.css'

interface Props {
  readonly requests: readonly MedicationRequest[]
  /** given for medicines in use: counts the day of treatment */
  readonly today?: string
  readonly more?: Pages<MedicationRequest>
}

/** One prescription a row. */
export function MedicineTable({ requests, today, more }: Props) {
  const { t } = useTranslation()
  return (
    <>
      <RecordTable
        head={[
          t('medicines.drug'),
          t('medicines.dosage'),
          t('medicines.from'),
          today ? t('medicines.until') : t('medicines.status'),
          t('medicines.prescriber'),
        ]}
      >
        {requests.map((request) => (
          <MedicineRow key={request.id} request={request} today={today} />
        ))}
      </RecordTable>
      {more?.error && <ListEnd pages={more} />}
      {more?.hasMore && !more.error && (
        <Button variant="subtle" fullWidth loading={more.isLoadingMore} onClick={more.loadMore}>
          {t('more')}
        </Button>
      )}
    </>
  )
}

function MedicineRow({ request, today }: { readonly request: MedicationRequest; readonly today?: string }) {
  const { t } = useTranslation()
  const day = today ? treatmentDay(request, today) : null
  const reason = (request.reasonCode ?? []).map(conceptText).filter(Boolean).join(', ')
  return (
    <tr className={classes.medicine} data-status={request.status}>
      <th scope="row">
        {medicationName(request)}
        {reason && (
          <span className={classes.reason}>
            {t('medicines.reason')} {reason}
          </span>
        )}
      </th>
      <td>
        {dosageSentence(request.dosageInstruction, languageNow()) || (
          <span className="quiet">{t('medicines.noDosage')}</span>
        )}
      </td>
      <td className={classes.date}>
        {dateText(request.authoredOn)}
        {day !== null && <span className={classes.day}>{t('medicines.day', { count: day })}</span>}
      </td>
      <td className={classes.date}>
        {today ? dateText(plannedEnd(request)) : t(`medicines.statuses.${statusOf(request)}`)}
        {request.status === 'on-hold' && <strong className={classes.hold}>{t('medicines.statuses.on-hold')}</strong>}
      </td>
      <td>{request.requester?.display}</td>
    </tr>
  )
}

/** An active order whose planned days are over has run out, whatever its status still says. */
const statusOf = ({ status }: MedicationRequest): MedicationRequest['status'] =>
  status === 'active' ? 'completed' : status
