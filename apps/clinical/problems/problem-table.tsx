import { useTranslation } from 'react-i18next'
import { dateText } from '#hospital/calendar'
import type { Problem } from '#hospital/medical-record'
import { RecordTable } from '../parts/record-table.tsx'

interface Props {
  readonly problems: readonly Problem[]
  /** problems that ended: shows until when */
  readonly over?: boolean
}

/** One problem a row, gathered over the visits that named it. */
export function ProblemTable({ problems, over = false }: Props) {
  const { t } = useTranslation()
  return (
    <RecordTable
      short
      head={[
        t('problems.code'),
        t('problems.name'),
        t('problems.since'),
        over ? t('problems.until') : t('problems.last'),
        t('problems.seen'),
        t('problems.recorder'),
      ]}
    >
      {problems.map((problem) => (
        <tr key={problem.key}>
          <td>{problem.code}</td>
          <th scope="row">{problem.name}</th>
          <td>{dateText(problem.since)}</td>
          <td>{dateText(over ? problem.until : problem.last)}</td>
          <td>{problem.times}</td>
          <td>{problem.recorder}</td>
        </tr>
      ))}
    </RecordTable>
  )
}
