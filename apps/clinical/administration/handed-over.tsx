import { Button, Group, Modal } from '@mantine/core'
import { IconCopy, IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import type { Handed } from '#apps/server'
import { QrCode } from '../parts/qr-code.tsx'
import classes from './handed-over.module.css'
import { useAdministrationText } from './text/use-administration-text.ts'

interface Props {
  readonly handed: Handed
  readonly onClose: () => void
}

/** What the administrator gives to the person, shown once: nobody can ask for it again. */
export function HandedOver({ handed: { account, link, password }, onClose }: Props) {
  const t = useAdministrationText()
  const [isCopied, setCopied] = useState(false)
  const address = link === undefined ? '' : window.location.origin + link
  const secret = password ?? address
  const copy = async () => {
    await navigator.clipboard.writeText(secret)
    setCopied(true)
  }
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={false}
      centered
      size="lg"
      title={<strong>{t('handed.title', { name: account.display })}</strong>}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <div className={classes.slip} data-slip>
        <p className={classes.once} data-screen-only>
          {t('handed.once')}
        </p>
        <h3 className={classes.paperOnly}>{account.display}</h3>
        <dl>
          <dt>{t('handed.login')}</dt>
          <dd>
            <code>{account.name}</code>
          </dd>
          <dt>{t(password === undefined ? 'handed.link' : 'handed.password')}</dt>
          <dd>
            <code data-testid="handed">{secret}</code>
          </dd>
        </dl>
        {address && <QrCode text={address} label={t('handed.picture')} />}
        {address && <p>{t('handed.how')}</p>}
      </div>
      <Group justify="flex-end" mt="md" data-screen-only>
        {isCopied && <span role="status">{t('handed.copied')}</span>}
        <Button variant="default" leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>
          {t('handed.print')}
        </Button>
        <Button variant="default" leftSection={<IconCopy size={16} aria-hidden />} onClick={() => void copy()}>
          {t(password === undefined ? 'handed.copy' : 'handed.copyPassword')}
        </Button>
        <Button onClick={onClose}>{t('handed.done')}</Button>
      </Group>
    </Modal>
  )
}
