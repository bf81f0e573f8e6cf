import type { CardFacts } from '#apps/server'
import { dateText } from '#hospital/calendar'
import classes from './cards.module.css'
import { useDeskText } from './text/use-desk-text.ts'

const FACTS = ['number', 'validFrom', 'validTo', 'benefit', 'facility', 'area', 'fiveYears'] as const
const DAYS: ReadonlySet<string> = new Set(['validFrom', 'validTo', 'fiveYears'])

const textOf = (facts: CardFacts | null, fact: (typeof FACTS)[number]): string => {
  const value = facts?.[fact] ?? ''
  if (value === '') return ''
  if (fact === 'benefit') return `${value} %`
  return DAYS.has(fact) ? dateText(String(value)) : String(value)
}

interface Props {
  /** as the portal says */
  readonly said: CardFacts
  /** as our record has it; null where it has no card, undefined where it has nobody */
  readonly known: CardFacts | null | undefined
}

/** A card fact by fact; beside our own record what would change is marked. */
export function CardFactRows({ said, known }: Props) {
  const t = useDeskText()
  const isBeside = known !== undefined
  return (
    <table>
      <thead>
        <tr>
          <td />
          {isBeside && <th scope="col">{t('cards.ours')}</th>}
          <th scope="col">{t('cards.portal')}</th>
        </tr>
      </thead>
      <tbody>
        {FACTS.map((fact) => {
          const [before, after] = [textOf(known ?? null, fact), textOf(said, fact)]
          // What the portal does not say stays as it is.
          const differs = isBeside && after !== '' && before !== after
          return (
            <tr key={fact} data-differs={differs || undefined}>
              <th scope="row">{t(`cards.fact.${fact}`)}</th>
              {isBeside && <td>{before || '–'}</td>}
              <td>
                {after || '–'} {differs && <span className={classes.new}>{t('cards.new')}</span>}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** Whether applying what the portal says would change our record. */
export const wouldChange = (said: CardFacts, known: CardFacts | null): boolean =>
  FACTS.some((fact) => textOf(said, fact) !== '' && textOf(said, fact) !== textOf(known, fact))
