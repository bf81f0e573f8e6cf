import type { DossierLine } from '#apps/server'
import { useArrivalFocus } from '../parts/use-arrival-focus.ts'
import { useDeskText } from './text/use-desk-text.ts'
import { useListWalk } from './use-list-walk.ts'
import { WorkListLine } from './work-list-line.tsx'
import classes from './work-list.module.css'

const COLUMNS = [
  'visit',
  'patient',
  'kind',
  'dept',
  'to',
  'total',
  'fund',
  'findings',
  'state',
  'receipt',
  'send',
] as const
const MONEY: ReadonlySet<string> = new Set(['total', 'fund'])

interface Props {
  readonly dossiers: readonly DossierLine[]
  readonly onSend: (dossier: DossierLine) => void
  readonly onMove: (dossier: DossierLine) => void
  readonly onNearEnd: () => void
  readonly searchField: string
}

/** The lines themselves: j and k walk, Enter opens, g sends, c makes ready what another program has, / finds. */
export function WorkList(props: Props) {
  const { dossiers, onSend, onMove } = props
  const t = useDeskText()
  const box = useArrivalFocus<HTMLDivElement>()
  const { list, chosen, choose, open } = useListWalk({ ...props, box })
  return (
    <>
      <div
        ref={box}
        className={classes.list}
        tabIndex={0}
        role="grid"
        aria-label={t('list.label')}
        aria-rowcount={dossiers.length}
        aria-activedescendant={chosen && `dossier ${chosen.id}`}
        onKeyDown={(event) => event.key === 'Enter' && event.target === event.currentTarget && open()}
      >
        <div className={classes.table}>
          <ListHead />
          <div className={classes.rows} role="rowgroup" style={{ height: list.getTotalSize() }}>
            {list.getVirtualItems().map(({ index, start }) => {
              const dossier = dossiers[index]
              if (!dossier) return null
              return (
                <WorkListLine
                  key={dossier.id}
                  dossier={dossier}
                  start={start}
                  isChosen={dossier === chosen}
                  onChoose={() => choose(index)}
                  onSend={() => onSend(dossier)}
                  onMove={() => onMove(dossier)}
                />
              )
            })}
          </div>
        </div>
      </div>
      <p className={classes.foot}>
        <span role="status">{t('list.loaded', { count: dossiers.length })}</span>
        <span>{t('list.keys')}</span>
      </p>
    </>
  )
}

function ListHead() {
  const t = useDeskText()
  return (
    <div role="row" className={`${classes.line} ${classes.head}`}>
      {COLUMNS.map((column) => (
        <span key={column} role="columnheader" className={MONEY.has(column) ? classes.money : undefined}>
          {t(`list.${column}`)}
        </span>
      ))}
    </div>
  )
}
