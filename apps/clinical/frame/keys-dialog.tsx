import { Kbd, Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import classes from './keys-dialog.module.css'

/** What can be pressed, in the words of the screen. One table feeds the dialog; the keys themselves are bound where they act. */
const KEYS = [
  ['Ctrl K', 'keys.find'],
  ['Alt 1…7', 'keys.tab'],
  ['↑ ↓', 'keys.move'],
  ['PgUp PgDn', 'keys.scroll'],
  ['Enter', 'keys.open'],
  ['Ctrl P', 'keys.print'],
  ['j k Enter g /', 'keys.dossiers'],
  ['n p', 'keys.findings'],
  ['Esc', 'keys.leave'],
  ['?', 'keys.help'],
] as const

interface Props {
  readonly opened: boolean
  readonly onClose: () => void
}

/** The keys of the screen, opened by `?`. */
export function KeysDialog({ opened, onClose }: Props) {
  const { t } = useTranslation()
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={<strong>{t('keys.title')}</strong>}
      centered
      closeButtonProps={{ 'aria-label': t('keys.close') }}
    >
      <dl className={classes.keys}>
        {KEYS.map(([keys, text]) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
      </dl>
      <p className="quiet">{t('keys.telex')}</p>
    </Modal>
  )
}
