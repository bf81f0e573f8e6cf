import { useTranslation } from 'react-i18next'
import type { ServiceRequest } from '#fhir/r4'
import { dateTimeText } from '#hospital/calendar'
import { entrySummary } from '#hospital/medical-record'
import { Panel } from '../parts/panel.tsx'
import classes from './overview-page.module.css'

const MOST = 6

interface Props {
  readonly id: string
  readonly orders: readonly ServiceRequest[]
}

/** What was ordered and is not done. */
export function OrdersPanel({ id, orders }: Props) {
  const { t } = useTranslation()
  return (
    <Panel title={t('overview.orders')} count={orders.length} all={{ tab: 'timeline', id }}>
      {orders.length === 0 ? (
        <p className={classes.none}>{t('overview.noOrders')}</p>
      ) : (
        <ul className={classes.lines}>
          {orders.slice(0, MOST).map((order) => (
            <li key={order.id} className={classes.line}>
              <span className={classes.main}>{entrySummary(order).title}</span>
              <span className={classes.aside}>{dateTimeText(order.authoredOn)}</span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
