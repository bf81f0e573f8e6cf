import { useEffect, useRef } from 'react'
import { findingsAt, worstOf } from './cell-findings.ts'
import { labelOf, type SheetProps } from './sheet.ts'
import classes from './dossier.module.css'
import { useDeskText } from './text/use-desk-text.ts'
import { valueText } from './value-text.ts'
import { WrongMark } from './wrong-mark.tsx'

/** A table of one row, field below field: name for people, name of the decision, value. */
export function FieldSheet({ table, rows: [row = {}], findings, place }: SheetProps) {
  const t = useDeskText()
  const box = useRef<HTMLDivElement>(null)
  const missing = findings.flatMap(({ field }) => (field !== null && !(field in row) ? [field] : []))
  const fields = [...Object.keys(row), ...new Set(missing)]
  useEffect(() => {
    box.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'center' })
  }, [place.field])
  return (
    <div ref={box} className={classes.sheet} tabIndex={0} role="region" aria-label={table}>
      <table className={classes.fields}>
        <tbody>
          {fields.map((field) => {
            const wrong = findingsAt(findings, null, field)
            return (
              <tr
                key={field}
                data-severity={worstOf(wrong)}
                aria-current={field === place.field || undefined}
                title={wrong.map(({ message }) => message).join('\n') || undefined}
              >
                <th scope="row">
                  {labelOf(field) || t('dossier.unknownField')} <code>{field}</code>
                </th>
                <td>
                  <WrongMark findings={wrong} />
                  {valueText(table, field, row[field] ?? '') || (
                    <span className="quiet">{t('dossier.emptyValue')}</span>
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
