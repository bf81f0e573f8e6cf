import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { MonthClosing } from '#apps/server'
import { languageNow } from '../text/index.ts'
import { kindText } from './kind-text.ts'
import { moneyText, sumOfMoney } from './money-text.ts'
import classes from './month.module.css'
import { StateMark, STATES } from './state-mark.tsx'
import { useDeskText } from './text/use-desk-text.ts'
import { useRules } from './use-desk.ts'

const SUMS = ['hospital', 'insurance', 'fund', 'coPayment', 'patient', 'otherSources'] as const

/** Sums, then by state, kind and department, then the rules broken most often. */
export function MonthFigures({ closing }: { readonly closing: MonthClosing }) {
  const t = useDeskText()
  const { month, dossiers, byState, sums, byKind, byDepartment } = closing
  return (
    <div className={classes.figures}>
      <Figures title={t('month.sums')} head={[]}>
        <Line name={t('month.dossiers')} values={[String(dossiers)]} />
        {SUMS.map((sum) => (
          <Line key={sum} name={t(`month.sum.${sum}`)} values={[moneyText(sums[sum])]} isStrong={sum === 'fund'} />
        ))}
      </Figures>
      <Figures title={t('month.byState')} head={[t('month.count')]}>
        {STATES.map((state) => (
          <Line
            key={state}
            name={
              <Link to="/insurance" search={{ month, state }}>
                <StateMark state={state} />
              </Link>
            }
            values={[String(byState[state])]}
          />
        ))}
        <Line name={t('month.all')} values={[String(dossiers)]} isStrong />
      </Figures>
      <Figures title={t('month.byKind')} head={[t('month.count'), t('month.total'), t('month.fund')]}>
        {byKind.map(({ kind, dossiers: count, total, fund }) => (
          <Line
            key={kind}
            name={kindText(kind, t) || t('month.unnamed')}
            values={[String(count), moneyText(total), moneyText(fund)]}
          />
        ))}
        <Line
          name={t('month.all')}
          values={[
            String(byKind.reduce((sum, kind) => sum + kind.dossiers, 0)),
            moneyText(sumOfMoney(byKind.map(({ total }) => total))),
            moneyText(sumOfMoney(byKind.map(({ fund }) => fund))),
          ]}
          isStrong
        />
      </Figures>
      <Figures title={t('month.byDepartment')} head={[t('month.count'), t('month.withErrors'), t('month.fund')]}>
        {byDepartment.map(({ department, dossiers: count, withErrors, fund }) => (
          <Line
            key={department}
            name={
              <Link to="/insurance" search={{ month, department }}>
                {department || t('month.unnamed')}
              </Link>
            }
            values={[String(count), String(withErrors), moneyText(fund)]}
          />
        ))}
      </Figures>
      <TopRules top={closing.topRules} />
    </div>
  )
}

function TopRules({ top }: { readonly top: MonthClosing['topRules'] }) {
  const t = useDeskText()
  const rules = useRules().data ?? []
  if (top.length === 0) return null
  return (
    <Figures title={t('month.topRules')} head={[t('month.count')]}>
      {top.map(({ rule, dossiers }) => {
        const text = rules.find(({ id }) => id === rule)
        return (
          <Line
            key={rule}
            name={`${rule}${text ? ` – ${languageNow() === 'vi' ? text.vi : text.en}` : ''}`}
            values={[String(dossiers)]}
          />
        )
      })}
    </Figures>
  )
}

interface FiguresProps {
  readonly title: string
  readonly head: readonly string[]
  readonly children: ReactNode
}

function Figures({ title, head, children }: FiguresProps) {
  return (
    <table>
      <caption>{title}</caption>
      {head.length > 0 && (
        <thead>
          <tr>
            <td />
            {head.map((word) => (
              <th key={word} scope="col">
                {word}
              </th>
            ))}
          </tr>
        </thead>
      )}
      <tbody>{children}</tbody>
    </table>
  )
}

interface LineProps {
  readonly name: ReactNode
  readonly values: readonly string[]
  readonly isStrong?: boolean
}

function Line({ name, values, isStrong = false }: LineProps) {
  return (
    <tr data-strong={isStrong || undefined}>
      <th scope="row">{name}</th>
      {values.map((value, at) => (
        <td key={at}>{value}</td>
      ))}
    </tr>
  )
}
