import { Button, Group, Modal } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import type { ClientLine } from '#apps/server'
import { Nothing } from '../parts/nothing.tsx'
import { Panel } from '../parts/panel.tsx'
import { PanelPage } from '../parts/panel-page.tsx'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { RecordTable } from '../parts/record-table.tsx'
import { Trouble } from '../parts/trouble.tsx'
import classes from './apps.module.css'
import { NewApp } from './new-app.tsx'
import { saidBy } from './said.ts'
import { useAdministrationText } from './text/use-administration-text.ts'
import { useApps, useRemoveApp } from './use-apps.ts'

/** Programs of others that may read the record: which, what they may see, and how they are let in and shut out. */
export function AppsPage() {
  const t = useAdministrationText()
  const { data: apps, error, refetch } = useApps()
  const [isAdding, setAdding] = useState(false)
  const [leaving, setLeaving] = useState<ClientLine | null>(null)
  if (error && !apps) return <Trouble error={error} retry={() => void refetch()} />
  if (!apps) return <PageSkeleton />
  const add = (
    <Button size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setAdding(true)}>
      {t('apps.add')}
    </Button>
  )
  return (
    <PanelPage>
      {isAdding && <NewApp onClose={() => setAdding(false)} />}
      <Panel title={t('apps.label')} count={apps.length} aside={t('apps.why')}>
        {apps.length === 0 ? (
          <Nothing way={t('apps.noneWay')}>{t('apps.none')}</Nothing>
        ) : (
          <RecordTable head={[t('apps.name'), t('apps.kind'), t('apps.proof'), t('apps.scopes'), '']}>
            {apps.map((app) => (
              <AppRow key={app.id} app={app} onRemove={() => setLeaving(app)} />
            ))}
          </RecordTable>
        )}
        {!isAdding && <p className={classes.add}>{add}</p>}
      </Panel>
      {leaving && <RemoveDialog app={leaving} onClose={() => setLeaving(null)} />}
    </PanelPage>
  )
}

function AppRow({ app, onRemove }: { readonly app: ClientLine; readonly onRemove: () => void }) {
  const t = useAdministrationText()
  return (
    <tr>
      <th scope="row">
        {app.name} <code className={`quiet ${classes.id}`}>{app.id}</code>
      </th>
      <td>{t(app.backend ? 'apps.backend' : 'apps.user')}</td>
      <td>{t(`apps.proofs.${app.proof}`)}</td>
      <td>
        <code className={classes.scopes}>{app.scopes.join(' ')}</code>
      </td>
      <td>
        <Button
          size="compact-xs"
          variant="default"
          aria-label={t('apps.removeOf', { name: app.name })}
          onClick={onRemove}
        >
          {t('apps.remove')}
        </Button>
      </td>
    </tr>
  )
}

function RemoveDialog({ app, onClose }: { readonly app: ClientLine; readonly onClose: () => void }) {
  const t = useAdministrationText()
  const remove = useRemoveApp()
  return (
    <Modal
      opened
      centered
      onClose={onClose}
      title={<strong>{t('apps.removeOf', { name: app.name })}</strong>}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <p>{t('apps.removeSure', { name: app.name })}</p>
      {remove.error && <p role="alert">{t('failed', { why: saidBy(remove.error, t('unknown')) })}</p>}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('cancel')}
        </Button>
        <Button
          color="red"
          loading={remove.isPending}
          onClick={() => remove.mutate({ id: app.id }, { onSuccess: onClose })}
        >
          {t('apps.remove')}
        </Button>
      </Group>
    </Modal>
  )
}
