import { Button } from '@mantine/core'
import classes from './import.module.css'
import { bytesText } from './money-text.ts'
import { useDeskText } from './text/use-desk-text.ts'
import { dropUpload, retryUpload, type Upload } from './upload-queue.ts'

/** A file on its way to the server. */
export function UploadLine({ upload: { id, file, isToSend, state, why } }: { readonly upload: Upload }) {
  const t = useDeskText()
  return (
    <article className={classes.run} aria-label={file.name}>
      <header className={classes.head}>
        <strong className={classes.file} title={file.name}>
          {file.name}
        </strong>
        {isToSend && <span className={classes.figures}>{t('import.isToSend')}</span>}
        <span className={classes.state} data-state={state === 'failed' ? 'refused' : 'waiting'}>
          {t(`import.upload.${state}`)}
        </span>
        {state === 'failed' && (
          <Button size="compact-xs" onClick={() => retryUpload(id)}>
            {t('import.retry')}
          </Button>
        )}
        {state !== 'uploading' && (
          <Button size="compact-xs" variant="default" onClick={() => dropUpload(id)}>
            {t('import.cancel')}
          </Button>
        )}
      </header>
      <p className={classes.figures}>
        {[bytesText(file.size), state === 'failed' && (why || t('import.notTaken'))].filter(Boolean).join(' · ')}
      </p>
    </article>
  )
}
