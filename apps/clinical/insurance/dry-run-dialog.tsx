import { Button, Group, Modal } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { DryRun, RuleLine } from '#apps/server'
import { RecordTable } from '../parts/record-table.tsx'
import { ServerProblem } from '../server/index.ts'
import { languageNow } from '../text/index.ts'
import { tellDesk } from './desk-requests.ts'
import { useDeskText } from './text/use-desk-text.ts'
import { useDryRun } from './use-desk.ts'

interface Props {
  readonly rule: RuleLine
  readonly onClose: () => void
}

/** What switching a rule changes: how many dossiers in which departments, with examples. Only then is it switched. */
export function DryRunDialog({ rule, onClose }: Props) {
  const t = useDeskText()
  const client = useQueryClient()
  const run = useDryRun(rule.id)
  const change = useMutation({
    mutationFn: () => tellDesk<RuleLine>('PUT', `rules/${encodeURIComponent(rule.id)}`, { enabled: !rule.enabled }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['insurance'] })
      onClose()
    },
  })
  const failed = run.error ?? change.error
  const why = (failed instanceof ServerProblem && failed.said) || t('send.unknown')
  return (
    <Modal opened onClose={onClose} size="lg" title={<strong>{t('checks.dryRun', { rule: rule.id })}</strong>} centered>
      <p>{languageNow() === 'vi' ? rule.vi : rule.en}</p>
      {run.isPending && <p role="status">{t('checks.counting')}</p>}
      {failed && <p role="alert">{t('send.failed', { why })}</p>}
      {run.data && <Counted run={run.data} enabled={rule.enabled} />}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('checks.cancel')}
        </Button>
        <Button disabled={!run.data} loading={change.isPending} onClick={() => change.mutate()}>
          {t(rule.enabled ? 'checks.switchOff' : 'checks.switchOn', { rule: rule.id })}
        </Button>
      </Group>
    </Modal>
  )
}

function Counted({ run, enabled }: { readonly run: DryRun; readonly enabled: boolean }) {
  const t = useDeskText()
  if (run.dossiers === 0) return <p role="status">{t('checks.foundNone')}</p>
  return (
    <>
      <p role="status">
        <strong>{t('checks.found', { count: run.dossiers })}</strong>{' '}
        {t(enabled ? 'checks.offMeans' : 'checks.onMeans')}
      </p>
      <RecordTable short head={[t('checks.department'), t('checks.dossiers'), t('checks.times')]}>
        {run.byDepartment.map(({ department, dossiers, findings }) => (
          <tr key={department}>
            <th scope="row">{department || t('month.unnamed')}</th>
            <td>{dossiers}</td>
            <td>{findings}</td>
          </tr>
        ))}
      </RecordTable>
      <h3>{t('checks.examples')}</h3>
      <RecordTable head={[t('list.visit'), t('checks.rule')]}>
        {run.examples.map(({ id, visit, message }) => (
          <tr key={id}>
            <td>
              <Link to="/insurance/dossier/$id" params={{ id }}>
                {visit}
              </Link>
            </td>
            <td>{message}</td>
          </tr>
        ))}
      </RecordTable>
    </>
  )
}
