import { Button, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { hospitalToday } from '../parts/hospital-today.ts'
import { Nothing } from '../parts/nothing.tsx'
import { PageSkeleton } from '../parts/page-skeleton.tsx'
import { useArrivalFocus } from '../parts/use-arrival-focus.ts'
import { CardAnswer } from './card-answer.tsx'
import classes from './cards.module.css'
import desk from './desk.module.css'
import { useDeskText } from './text/use-desk-text.ts'
import { questionOf, readChipCard, type TypedCard } from './typed-card.ts'
import { useCardLookUp } from './use-cards.ts'
import { whyNot } from './why-not.ts'

const NOTHING: TypedCard = { card: '', name: '', birth: '' }

/** Whether a card holds, asked at the portal: for whoever receives patients. Nothing typed here stands in an address. */
export function CardsPage() {
  const t = useDeskText()
  const [typed, setTyped] = useState(NOTHING)
  const [isWrong, setWrong] = useState(false)
  const lookUp = useCardLookUp()
  const ask = (event: FormEvent) => {
    event.preventDefault()
    const whole = readChipCard(typed.card) ?? typed
    setTyped(whole)
    const question = questionOf(whole, hospitalToday())
    setWrong(question === null)
    if (question) lookUp.mutate(question)
  }
  return (
    <section className={desk.page} aria-label={t('pages.cards')}>
      <form className={`${desk.tools} ${classes.fields}`} onSubmit={ask} autoComplete="off">
        <CardFields typed={typed} onType={setTyped} />
        <Button type="submit" size="xs" loading={lookUp.isPending}>
          {t('cards.ask')}
        </Button>
        <span className="quiet">{t('cards.why')}</span>
      </form>
      {isWrong && (
        <p className={desk.alarm} role="alert">
          {t('cards.incomplete')}
        </p>
      )}
      {lookUp.error && (
        <p className={desk.alarm} role="alert">
          {t('cards.failed', { why: whyNot(lookUp.error, t('send.unknown')) })}
        </p>
      )}
      {lookUp.isPending && <PageSkeleton />}
      {lookUp.isIdle && <Nothing>{t('cards.none')}</Nothing>}
      {lookUp.data && !lookUp.isPending && (
        <div className={classes.answer} tabIndex={0}>
          <CardAnswer key={lookUp.data.id} answer={lookUp.data} asked={lookUp.variables} />
        </div>
      )}
    </section>
  )
}

interface FieldsProps {
  readonly typed: TypedCard
  readonly onType: (typed: TypedCard) => void
}

function CardFields({ typed, onType }: FieldsProps) {
  const t = useDeskText()
  const first = useArrivalFocus<HTMLInputElement>()
  return (
    <>
      <TextInput
        size="xs"
        className={desk.grow}
        label={t('cards.number')}
        placeholder={t('cards.numberHint')}
        value={typed.card}
        ref={first}
        onChange={({ currentTarget: { value } }) => onType({ ...typed, card: value })}
        // A scanner types letter by letter: the code is whole when it ends.
        onBlur={() => onType(readChipCard(typed.card) ?? typed)}
      />
      <TextInput
        size="xs"
        className={desk.grow}
        label={t('cards.name')}
        value={typed.name}
        onChange={({ currentTarget: { value } }) => onType({ ...typed, name: value })}
      />
      <TextInput
        size="xs"
        w="9rem"
        label={t('cards.birth')}
        placeholder="dd/mm/yyyy"
        value={typed.birth}
        onChange={({ currentTarget: { value } }) => onType({ ...typed, birth: value })}
      />
    </>
  )
}
