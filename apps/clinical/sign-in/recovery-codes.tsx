import { Button } from '@mantine/core'
import { IconCopy, IconPrinter } from '@tabler/icons-react'
import { useState } from 'react'
import classes from './sign-in.module.css'
import { useSignInText } from './text/use-sign-in-text.ts'

interface Props {
  readonly codes: readonly string[]
  /** whose they are, for the paper */
  readonly name: string
  readonly onKept: () => void
}

/** Shown once: to be printed or copied before going on. */
export function RecoveryCodes({ codes, name, onKept }: Props) {
  const t = useSignInText()
  const [copied, setCopied] = useState(false)
  const copy = () => void navigator.clipboard.writeText(codes.join('\n')).then(() => setCopied(true))
  return (
    <section className={classes.form} aria-label={t('codes.title')}>
      <h2>{t('codes.title')}</h2>
      <p className={classes.hint}>{t('codes.why')}</p>
      <div className={classes.paper}>
        <p className={classes.onPaper}>{t('codes.paper', { name })}</p>
        <ol className={classes.codes} aria-label={t('codes.list')}>
          {codes.map((code) => (
            <li key={code}>
              <code>{code}</code>
            </li>
          ))}
        </ol>
      </div>
      <div className={classes.row}>
        <Button variant="default" leftSection={<IconCopy size={16} aria-hidden />} onClick={copy}>
          {t(copied ? 'codes.copied' : 'codes.copy')}
        </Button>
        <Button variant="default" leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>
          {t('codes.print')}
        </Button>
        <span role="status" className="heard">
          {copied && t('codes.copied')}
        </span>
      </div>
      <Button size="md" onClick={onKept}>
        {t('codes.kept')}
      </Button>
    </section>
  )
}
