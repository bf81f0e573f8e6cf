import { Button, Switch } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { useRef, useState, type DragEvent } from 'react'
import { droppedFiles, isDossierFile } from './dropped-files.ts'
import classes from './import.module.css'
import { useDeskText } from './text/use-desk-text.ts'
import { upload } from './upload-queue.ts'

/** Where files and folders are dropped, or chosen with the keyboard. */
export function DropField() {
  const t = useDeskText()
  const files = useRef<HTMLInputElement>(null)
  const folder = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const [leftOut, setLeftOut] = useState(0)
  const [isToSend, setToSend] = useState(false)
  const take = (chosen: readonly File[]) => {
    const wanted = chosen.filter(isDossierFile)
    setLeftOut(chosen.length - wanted.length)
    upload(wanted, isToSend)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void droppedFiles(event.dataTransfer).then(take)
  }
  return (
    <div
      className={classes.drop}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <IconFileUpload size={28} stroke={1.5} aria-hidden />
      <p>
        <strong>{t('import.drop')}</strong>
        <span className="quiet">{t('import.dropWhy')}</span>
        {leftOut > 0 && <span role="status">{t('import.notXml', { count: leftOut })}</span>}
      </p>
      <Button onClick={() => files.current?.click()}>{t('import.files')}</Button>
      <Button variant="default" onClick={() => folder.current?.click()}>
        {t('import.folder')}
      </Button>
      <Switch
        className={classes.sender}
        checked={isToSend}
        onChange={(event) => setToSend(event.currentTarget.checked)}
        label={t('import.toSend')}
        description={t(isToSend ? 'import.toSendOn' : 'import.toSendOff')}
      />
      <Chooser field={files} label={t('import.files')} onChoose={take} />
      <Chooser field={folder} label={t('import.folder')} onChoose={take} isFolder />
    </div>
  )
}

interface ChooserProps {
  readonly field: React.RefObject<HTMLInputElement | null>
  readonly label: string
  readonly isFolder?: boolean
  readonly onChoose: (files: readonly File[]) => void
}

/** The browser's own field; its button is ours. */
function Chooser({ field, label, isFolder = false, onChoose }: ChooserProps) {
  return (
    <input
      ref={field}
      type="file"
      multiple
      hidden
      aria-label={label}
      {...(isFolder ? { webkitdirectory: '' } : { accept: '.xml' })}
      onChange={({ currentTarget }) => {
        onChoose([...(currentTarget.files ?? [])])
        // the same file may be chosen again
        currentTarget.value = ''
      }}
    />
  )
}
