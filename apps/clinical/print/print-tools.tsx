import { Button } from '@mantine/core'
import { IconArrowLeft, IconPrinter } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useMutation } from '@tanstack/react-query'
import { useKeys } from '../frame/use-keys.ts'
import { useArrivalFocus } from '../parts/use-arrival-focus.ts'
import { ServerProblem } from '../server/index.ts'
import classes from './print-page.module.css'
import { printTold } from './print-told.ts'

/** Print or go back; never on the paper itself. */
export function PrintTools({ id }: { readonly id: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const printing = useMutation({ mutationFn: () => printTold([`Patient/${id}`], t('print.title')) })
  const print = () => printing.mutate()
  useKeys({
    'Ctrl+P': print,
    Escape: () => void navigate({ to: '/patient/$id/overview', params: { id } }),
  })
  return (
    <div className={classes.tools}>
      <Button
        variant="default"
        component={Link}
        to={`/patient/${id}/overview`}
        leftSection={<IconArrowLeft size={16} aria-hidden />}
      >
        {t('print.back')}
      </Button>
      <Button
        ref={useArrivalFocus()}
        leftSection={<IconPrinter size={16} aria-hidden />}
        onClick={print}
        loading={printing.isPending}
      >
        {t('print.now')}
      </Button>
      {printing.error instanceof ServerProblem && <p role="alert">{printing.error.said}</p>}
    </div>
  )
}
