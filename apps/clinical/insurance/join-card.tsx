import { Button } from '@mantine/core'
import { IconEqual, IconEqualNot, IconQuestionMark } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { DoubtfulJoin } from '#apps/server'
import { dateText } from '#hospital/calendar'
import { ServerProblem } from '../server/index.ts'
import { tellDesk } from './desk-requests.ts'
import { agreementOf, COMPARED, type Agreement } from './join-agreement.ts'
import classes from './joins.module.css'
import { useDeskText } from './text/use-desk-text.ts'

const ICONS = { agrees: IconEqual, differs: IconEqualNot, missing: IconQuestionMark } as const

/** Two patients side by side, every fact marked as agreeing or not, and the decision. */
export function JoinCard({ join }: { readonly join: DoubtfulJoin }) {
  const t = useDeskText()
  const { patients, why, decided } = join
  const names = patients.map(({ name }) => name).join(' – ')
  return (
    <article className={classes.card} aria-label={t('joins.pair', { names })}>
      <p>{why}</p>
      <table>
        <thead>
          <tr>
            <td />
            {patients.map(({ id, name }) => (
              <th key={id} scope="col">
                {name || '–'}{' '}
                <Link to="/patient/$id/overview" params={{ id }}>
                  {t('joins.chart')}
                </Link>
              </th>
            ))}
            <td />
          </tr>
        </thead>
        <tbody>
          {COMPARED.map((field) => {
            const agreement = agreementOf(patients.map((patient) => patient[field]))
            return (
              <tr key={field} data-agreement={agreement}>
                <th scope="row">{t(`joins.${field}`)}</th>
                {patients.map((patient) => (
                  <td key={patient.id}>
                    {(field === 'birthDate' ? dateText(patient.birthDate) : patient[field]) || '–'}
                  </td>
                ))}
                <td>
                  <AgreementMark agreement={agreement} />
                </td>
              </tr>
            )
          })}
          <tr>
            <th scope="row">{t('joins.visits')}</th>
            {patients.map(({ id, visits }) => (
              <td key={id}>{visits}</td>
            ))}
            <td />
          </tr>
        </tbody>
      </table>
      <Decision id={join.id} decided={decided} />
    </article>
  )
}

function AgreementMark({ agreement }: { readonly agreement: Agreement }) {
  const t = useDeskText()
  const Icon = ICONS[agreement]
  return (
    <span className={classes.agreement} data-agreement={agreement}>
      <Icon size={15} aria-hidden />
      {t(`joins.${agreement}`)}
    </span>
  )
}

/** The answer that stands, or the two that may be given. A wrong one is taken back by deciding again. */
function Decision({ id, decided }: Pick<DoubtfulJoin, 'id' | 'decided'>) {
  const t = useDeskText()
  const client = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  const decide = useMutation({
    mutationFn: (same: boolean) => tellDesk<DoubtfulJoin>('POST', `doubtful-joins/${encodeURIComponent(id)}`, { same }),
    onSuccess: () => setOpen(false),
    onSettled: () => client.invalidateQueries(),
  })
  const why = (decide.error instanceof ServerProblem && decide.error.said) || t('send.unknown')
  return (
    <div className={classes.decision}>
      {decide.error && <span role="alert">{t('send.failed', { why })}</span>}
      {decided !== null && <strong>{t(decided ? 'joins.decidedSame' : 'joins.decidedNot')}</strong>}
      {decided !== null && !isOpen ? (
        <Button size="xs" variant="default" onClick={() => setOpen(true)}>
          {t('joins.undo')}
        </Button>
      ) : (
        <>
          <Button size="xs" loading={decide.isPending} disabled={decided === true} onClick={() => decide.mutate(true)}>
            {t('joins.same')}
          </Button>
          <Button
            size="xs"
            variant="default"
            loading={decide.isPending}
            disabled={decided === false}
            onClick={() => decide.mutate(false)}
          >
            {t('joins.notSame')}
          </Button>
        </>
      )}
    </div>
  )
}
