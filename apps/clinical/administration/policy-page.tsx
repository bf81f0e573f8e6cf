import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PolicyShown } from '#apps/server'
import { foldName } from '#hospital/identification'
import { Nothing } from '../parts/nothing.tsx'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { languageNow } from '../text/index.ts'
import classes from './policy.module.css'
import { useAdministrationText } from './text/use-administration-text.ts'
import { usePolicy } from './use-policy.ts'

type Line = PolicyShown['lines'][number]

/** Who may do what: every line of the policy in words, by role, with the law behind it. */
export function PolicyPage() {
  const { data: policy, error, refetch } = usePolicy()
  if (error && !policy) return <Trouble error={error} retry={() => void refetch()} />
  if (!policy) return <PageSkeleton />
  return <Policy policy={policy} />
}

function Policy({ policy }: { readonly policy: PolicyShown }) {
  const t = useAdministrationText()
  const { t: tc } = useTranslation()
  const [typed, setTyped] = useState('')
  const [only, setOnly] = useState('')
  const folded = foldName(typed.trim())
  const lines = policy.lines.filter(({ vi, en, source, id }) =>
    [vi, en, source, id].some((text) => foldName(text).includes(folded)),
  )
  const roles = [...new Set(policy.lines.flatMap((line) => line.roles))]
  const shown = roles
    .filter((role) => only === '' || role === only)
    .map((role) => ({ role, lines: lines.filter((line) => line.roles.includes(role)) }))
    .filter((group) => group.lines.length > 0)
  return (
    <section className={classes.page} aria-label={t('policy.label')}>
      <div className={classes.tools}>
        <TextInput
          size="xs"
          className={classes.grow}
          aria-label={t('policy.search')}
          placeholder={t('policy.search')}
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <NativeSelect
          size="xs"
          aria-label={t('policy.role')}
          value={only}
          data={[
            { value: '', label: t('policy.allRoles') },
            ...roles.map((value) => ({ value, label: tc(`roles.${value}`) })),
          ]}
          onChange={(event) => setOnly(event.currentTarget.value)}
        />
        <span className="quiet">
          {t('policy.which', { id: policy.id })} · {t('policy.rest')}
        </span>
      </div>
      <div className={classes.scroll} tabIndex={0}>
        {shown.length === 0 && <Nothing>{t('policy.none')}</Nothing>}
        {shown.map((group) => (
          <section key={group.role} className={classes.role} aria-label={tc(`roles.${group.role}`)}>
            <h2>
              {tc(`roles.${group.role}`)}{' '}
              <span className="quiet">{t('policy.lines', { count: group.lines.length })}</span>
            </h2>
            <ul>
              {group.lines.map((line) => (
                <OneLine key={line.id} line={line} />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </section>
  )
}

function OneLine({ line }: { readonly line: Line }) {
  const t = useAdministrationText()
  const acts = line.acts.map((act) => t(`acts.${act}`)).join(', ')
  const areas = line.areas.map((area) => t(`areas.${area as 'person'}`)).join(', ')
  return (
    <li>
      <strong>{line[languageNow()]}</strong>
      <dl>
        <dt>{t('policy.acts')}</dt>
        <dd>{acts}</dd>
        <dt>{t('policy.areas')}</dt>
        <dd>{areas}</dd>
        <dt>{t('policy.source')}</dt>
        <dd>
          {line.source} <code className="quiet">{line.id}</code>
        </dd>
      </dl>
    </li>
  )
}
