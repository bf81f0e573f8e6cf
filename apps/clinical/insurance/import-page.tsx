import { Button } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, useState } from 'react'
import { Nothing } from '../parts/nothing.tsx'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { Trouble } from '../parts/trouble.tsx'
import desk from './desk.module.css'
import { DropField } from './drop-field.tsx'
import classes from './import.module.css'
import { ImportLine } from './import-line.tsx'
import { useDeskText } from './text/use-desk-text.ts'
import { UploadLine } from './upload-line.tsx'
import { dropAllUploads, useUploads } from './upload-queue.ts'
import { totalsOf, useImports } from './use-imports.ts'

const LINE = 58

/** Drop files, watch them become charts. The queue of this window comes first, then what the server has. */
export function ImportPage() {
  const t = useDeskText()
  const { uploads, isHeldUp } = useUploads()
  const imports = useImports()
  const runs = imports.data ?? []
  const toCome = uploads.filter(({ state }) => state !== 'failed')
  const totals = totalsOf(
    runs,
    toCome.length,
    toCome.reduce((sum, { file }) => sum + file.size, 0),
  )
  const { secondsLeft } = totals
  const time =
    secondsLeft === null
      ? ''
      : secondsLeft < 90
        ? t('import.seconds', { count: secondsLeft })
        : t('import.minutes', { count: Math.ceil(secondsLeft / 60) })
  return (
    <section className={desk.page} aria-label={t('pages.import')}>
      <DropField />
      {imports.error && <Trouble error={imports.error} retry={() => void imports.refetch()} />}
      {imports.isPending && <PageSkeleton />}
      {(runs.length > 0 || uploads.length > 0) && (
        <p className={desk.tools}>
          <span role="status" className={desk.grow}>
            {t('import.summary', { ...totals })}
            {time && ` · ${t('import.remaining', { time })}`}
          </span>
          {toCome.length > 0 && <span className="quiet">{t(isHeldUp ? 'import.wait' : 'import.stay')}</span>}
          {toCome.length > 1 && (
            <Button size="compact-xs" variant="default" onClick={dropAllUploads}>
              {t('import.cancelAll')}
            </Button>
          )}
        </p>
      )}
      {imports.data && runs.length === 0 && uploads.length === 0 && (
        <Nothing>
          <strong>{t('import.empty')}</strong> {t('import.emptyWay')}
        </Nothing>
      )}
      <ImportList runs={runs} uploads={uploads} />
    </section>
  )
}

interface ListProps {
  readonly runs: NonNullable<ReturnType<typeof useImports>['data']>
  readonly uploads: ReturnType<typeof useUploads>['uploads']
}

function ImportList({ runs, uploads }: ListProps) {
  const t = useDeskText()
  const box = useRef<HTMLDivElement>(null)
  const [open, setOpen] = useState<string>()
  const list = useVirtualizer({
    count: uploads.length + runs.length,
    getScrollElement: () => box.current,
    estimateSize: () => LINE,
    getItemKey: (at) => uploads[at]?.id ?? runs[at - uploads.length]?.id ?? at,
    overscan: 8,
  })
  if (uploads.length + runs.length === 0) return null
  return (
    <div ref={box} className={classes.list} tabIndex={0} role="region" aria-label={t('import.queue')}>
      <div className={classes.lines} style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ key, index, start }) => {
          const upload = uploads[index]
          const run = runs[index - uploads.length]
          return (
            <div
              key={key}
              ref={list.measureElement}
              data-index={index}
              className={classes.place}
              style={{ transform: `translateY(${start}px)` }}
            >
              {upload && <UploadLine upload={upload} />}
              {!upload && run && (
                <ImportLine
                  run={run}
                  isOpen={open === run.id}
                  onToggle={() => setOpen(open === run.id ? undefined : run.id)}
                />
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}
