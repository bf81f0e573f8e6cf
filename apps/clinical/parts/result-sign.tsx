import { useTranslation } from 'react-i18next'
import { isCritical, type Interpretation } from '#hospital/laboratory'
import classes from './result-sign.module.css'
import tones from './result-tones.module.css'

/** Shape first: the sign alone must tell, on a grey printer and to a colour-blind eye. */
const SIGNS: Readonly<Record<Interpretation, string>> = {
  'critical-high': '‼▲',
  'critical-low': '‼▼',
  critical: '‼',
  high: '▲',
  low: '▼',
  abnormal: '◆',
  normal: '',
  none: '',
}

interface Props {
  readonly is: Interpretation
  /** the word beside the sign, where there is room; screen readers always hear it */
  readonly word?: boolean
}

/** How a result stands: sign, colour and word. Nothing for normal. */
export function ResultSign({ is, word = false }: Props) {
  const { t } = useTranslation()
  if (!SIGNS[is]) return null
  return (
    <span className={`${classes.sign} ${tones[is]} ${isCritical(is) ? classes.critical : ''}`} title={t(`sign.${is}`)}>
      <span aria-hidden>{SIGNS[is]}</span>
      <span className={word ? classes.word : 'heard'}>{t(`sign.${is}`)}</span>
    </span>
  )
}
