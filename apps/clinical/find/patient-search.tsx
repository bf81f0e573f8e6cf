import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { FIND_FIELD } from './find-field.ts'
import { FoundList } from './found-list.tsx'
import classes from './patient-search.module.css'
import { useFinder, type FinderLook } from './use-finder.ts'

/** One field that finds a patient by whatever is known, driven wholly by the keyboard. */
export function PatientSearch({ look }: { readonly look: FinderLook }) {
  const { t } = useTranslation()
  const { typed, field, found, people, at, shown, setOpen, choose, press } = useFinder(look)
  const isPage = look === 'page'
  return (
    <div
      className={classes[look]}
      role="search"
      onBlur={(event) => {
        if (!isPage && !event.currentTarget.contains(event.relatedTarget)) setOpen(false)
      }}
    >
      <TextInput
        ref={field}
        id={FIND_FIELD}
        aria-label={t('find.label')}
        placeholder={t(isPage ? 'find.placeholder' : 'find.short')}
        size={isPage ? 'lg' : 'sm'}
        leftSection={<IconSearch size={isPage ? 20 : 16} aria-hidden />}
        rightSection={<span className={classes.key}>Ctrl K</span>}
        rightSectionWidth={62}
        rightSectionPointerEvents="none"
        autoComplete="off"
        spellCheck={false}
        role="combobox"
        aria-expanded={shown}
        aria-controls="found-patients"
        aria-activedescendant={people[at] ? `found-${people[at].patient.id}` : undefined}
        classNames={{ input: classes.input }}
        {...typed.field}
        onFocus={() => setOpen(true)}
        onInput={() => setOpen(true)}
        onKeyDown={press}
      />
      {shown && (
        <div className={classes.list}>
          <FoundList found={found} people={people} at={at} onChoose={choose} />
        </div>
      )}
    </div>
  )
}
