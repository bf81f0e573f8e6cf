import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { NewClient } from '#apps/server'
import { Panel } from '../parts/panel.tsx'
import { useArrivalFocus } from '../parts/use-arrival-focus.ts'
import classes from './apps.module.css'
import { saidBy } from './said.ts'
import { useAdministrationText } from './text/use-administration-text.ts'
import { type MadeApp, useAddApp } from './use-apps.ts'

const PROOFS = ['public', 'secret', 'keys'] as const

interface Draft {
  readonly name: string
  readonly redirects: string
  readonly launch: string
  readonly scopes: string
  readonly proof: NewClient['proof']
  readonly backend: boolean
  readonly keys: string
}

const BEGIN: Draft = {
  name: '',
  redirects: '',
  launch: '',
  scopes: 'openid fhirUser launch patient/*.rs',
  proof: 'public',
  backend: false,
  keys: '',
}

const wishOf = ({ name, redirects, launch, scopes, proof, backend, keys }: Draft): NewClient => ({
  name: name.trim(),
  redirects: backend ? [] : redirects.split(/\s+/).filter(Boolean),
  scopes: scopes.trim(),
  proof,
  backend,
  ...(launch.trim() !== '' && { launch: launch.trim() }),
  ...(proof === 'keys' && { keys: { url: keys.trim() } }),
})

/** Lets an app in; what it gets is shown once. */
export function NewApp({ onClose }: { readonly onClose: () => void }) {
  const t = useAdministrationText()
  const first = useArrivalFocus<HTMLInputElement>()
  const [draft, setDraft] = useState(BEGIN)
  const add = useAddApp()
  const change = (next: Partial<Draft>) => setDraft((now) => ({ ...now, ...next }))
  if (add.data) return <Made made={add.data} onClose={onClose} />
  return (
    <Panel title={t('apps.add')}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault()
          add.mutate(wishOf(draft))
        }}
      >
        <TextInput
          ref={first}
          size="xs"
          label={t('apps.name')}
          required
          maxLength={100}
          value={draft.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
        />
        <NativeSelect
          size="xs"
          label={t('apps.kind')}
          value={draft.backend ? 'backend' : 'user'}
          data={[
            { value: 'user', label: t('apps.user') },
            { value: 'backend', label: t('apps.backend') },
          ]}
          onChange={(event) => {
            const backend = event.currentTarget.value === 'backend'
            change({ backend, ...(backend && { proof: 'keys', scopes: 'system/*.rs' }) })
          }}
        />
        <NativeSelect
          size="xs"
          label={t('apps.proof')}
          value={draft.proof}
          data={PROOFS.map((value) => ({ value, label: t(`apps.proofs.${value}`) }))}
          onChange={(event) => change({ proof: event.currentTarget.value as NewClient['proof'] })}
        />
        {draft.proof === 'keys' && (
          <TextInput
            size="xs"
            label={t('apps.keys')}
            type="url"
            required
            value={draft.keys}
            onChange={(event) => change({ keys: event.currentTarget.value })}
          />
        )}
        {!draft.backend && (
          <>
            <Textarea
              size="xs"
              label={t('apps.redirects')}
              required
              rows={2}
              value={draft.redirects}
              onChange={(event) => change({ redirects: event.currentTarget.value })}
            />
            <TextInput
              size="xs"
              label={t('apps.launch')}
              type="url"
              value={draft.launch}
              onChange={(event) => change({ launch: event.currentTarget.value })}
            />
          </>
        )}
        <TextInput
          size="xs"
          label={t('apps.scopesField')}
          required
          value={draft.scopes}
          onChange={(event) => change({ scopes: event.currentTarget.value })}
        />
        {add.error && (
          <p role="alert" className={classes.failed}>
            {t('failed', { why: saidBy(add.error, t('unknown')) })}
          </p>
        )}
        <p className={classes.acts}>
          <Button size="xs" variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button size="xs" type="submit" loading={add.isPending}>
            {t('apps.add')}
          </Button>
        </p>
      </form>
    </Panel>
  )
}

function Made({ made: { id, secret }, onClose }: { readonly made: MadeApp; readonly onClose: () => void }) {
  const t = useAdministrationText()
  return (
    <Panel title={t('apps.add')}>
      <div className={classes.form} role="status">
        <p>{t('apps.made', { id })}</p>
        {secret && (
          <p>
            {t('apps.secretOnce')}: <code className={classes.secret}>{secret}</code>
          </p>
        )}
        <p className={classes.acts}>
          <Button size="xs" onClick={onClose}>
            {t('close')}
          </Button>
        </p>
      </div>
    </Panel>
  )
}
