import type { TotpSetUp } from '#apps/server'
import { QrCode } from '../parts/qr-code.tsx'
import { CodeField } from './code-field.tsx'
import classes from './sign-in.module.css'
import { useSignInText } from './text/use-sign-in-text.ts'

const DIGITS = 6

interface Props {
  readonly setUp: TotpSetUp
  readonly code: string
  readonly onCode: (code: string) => void
  readonly hasFocus?: boolean
}

/** What an authenticator app needs: a picture to scan, the same to type, and the first code back. */
export function TotpSetUpFields({ setUp: { uri, secret }, code, onCode, hasFocus = true }: Props) {
  const t = useSignInText()
  return (
    <div className={classes.setUp}>
      <QrCode text={uri} label={t('setUp.picture')} />
      <div className={classes.form}>
        <p>{t('setUp.scan')}</p>
        <p className={classes.hint}>{t('setUp.type')}</p>
        <code className={classes.secret}>{secret}</code>
        <a href={uri} className={classes.hint}>
          {t('setUp.open')}
        </a>
        <CodeField
          label={t('setUp.code')}
          value={code}
          onChange={onCode}
          most={DIGITS}
          autoComplete="one-time-code"
          hasFocus={hasFocus}
        />
      </div>
    </div>
  )
}
