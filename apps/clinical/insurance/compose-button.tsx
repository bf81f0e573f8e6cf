import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ComposedDossier } from '#apps/server'
import { tellDesk } from './desk-requests.ts'
import classes from './compose-button.module.css'
import { useDeskText } from './text/use-desk-text.ts'
import { whyNot } from './why-not.ts'

/** Makes the dossier of a visit that was recorded here, or renews it, and leads to it and to what is wrong with it. */
export function ComposeButton({ encounter }: { readonly encounter: string }) {
  const t = useDeskText()
  const client = useQueryClient()
  const navigate = useNavigate()
  const compose = useMutation({
    mutationFn: () => tellDesk<ComposedDossier>('POST', 'dossiers/compose', { encounter }),
    onSuccess: async ({ dossier }) => {
      await client.invalidateQueries({ queryKey: ['insurance'] })
      await navigate({ to: '/insurance/dossier/$id', params: { id: dossier.id } })
    },
  })
  return (
    <span className={classes.compose} data-screen-only>
      <Button
        size="compact-xs"
        variant="default"
        title={t('compose.why')}
        loading={compose.isPending}
        onClick={() => compose.mutate()}
      >
        {t('compose.make')}
      </Button>
      {compose.error && <span role="alert">{whyNot(compose.error, t('send.unknown'))}</span>}
    </span>
  )
}
