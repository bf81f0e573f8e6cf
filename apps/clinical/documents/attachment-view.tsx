import { Button, Skeleton } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Attachment } from '#fhir/r4'
import { Narrative } from '../parts/narrative.tsx'
import { Nothing } from '../parts/nothing.tsx'
import { Trouble } from '../parts/trouble.tsx'
import { bytesOf, kindOfContent, textOf } from './attachment-content.ts'
import classes from './documents-page.module.css'
import { useAttachment } from './use-documents.ts'

/** The content of a paper, shown where that is safe, offered as a file where it is not. */
export function AttachmentView({ attachment }: { readonly attachment: Attachment }) {
  const { t } = useTranslation()
  const { content, error, isPending } = useAttachment(attachment)
  if (error) return <Trouble error={error} />
  if (isPending) return <Skeleton height={240} />
  if (!content?.data) return <Nothing>{t('documents.noContent')}</Nothing>
  switch (kindOfContent(content.contentType)) {
    case 'text':
      return <pre className={classes.text}>{textOf(content.data)}</pre>
    case 'markup':
      return <Narrative html={textOf(content.data)} />
    case 'image':
      return (
        <img
          className={classes.image}
          alt={attachment.title ?? ''}
          src={`data:${content.contentType};base64,${content.data}`}
        />
      )
    case 'file':
      return <FileOffer name={attachment.title ?? t('tabs.documents')} {...content} />
  }
}

interface FileProps {
  readonly name: string
  readonly data: string
  readonly contentType: string
}

function FileOffer({ name, data, contentType }: FileProps) {
  const { t } = useTranslation()
  const address = useMemo(
    () => URL.createObjectURL(new Blob([bytesOf(data)], { type: contentType })),
    [data, contentType],
  )
  return (
    <Nothing
      way={
        <Button component="a" href={address} download={name} leftSection={<IconDownload size={16} aria-hidden />}>
          {t('documents.download')}
        </Button>
      }
    >
      {t('documents.cannotShow', { type: contentType })}
    </Nothing>
  )
}
