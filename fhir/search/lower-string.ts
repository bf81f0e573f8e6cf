/** @source http://hl7.org/fhir/R4/search.html#string */
import { accept, type Outcome } from '#fhir/outcome'
import { either, readEach, type Asked, type Question } from './asked.ts'
import { unescaped } from './escapes.ts'
import { fold } from './fold.ts'
import { exactForm, limited } from './forms.ts'
import { hashUnder } from './hash.ts'
import { parameterLanes, parameterNumber } from './parameters.ts'
import { emptyValue } from './refusals.ts'
import type { Criterion } from './types.ts'

type Lowering = (question: Question) => Outcome<Asked>

const folded =
  (match: 'prefix' | 'contains'): Lowering =>
  ({ parameter: { owner, kept }, values, at }) => {
    const texts = readEach(values, (value) => limited(fold(unescaped(value))) || emptyValue(at))
    if (!texts.ok) return texts
    const anyOf = texts.value.map((text) => ({ match, folded: text }))
    const strings = kept.map(({ code }): readonly Criterion[] => [
      { kind: 'string', parameter: parameterNumber(owner, code), anyOf },
    ])
    return accept({ criteria: either(strings) })
  }

const exact: Lowering = ({ parameter: { owner, kept }, values, at }) => {
  const texts = readEach(values, (value) => unescaped(value) || emptyValue(at))
  if (!texts.ok) return texts
  const anyOf = kept.flatMap(({ code }) =>
    texts.value.map((text) => hashUnder(parameterLanes(owner, `${code}:exact`), exactForm(text))),
  )
  return accept({ criteria: [{ kind: 'terms', anyOf }] })
}

export const stringModifiers: Readonly<Record<string, Lowering>> = {
  '': folded('prefix'),
  contains: folded('contains'),
  exact,
}
