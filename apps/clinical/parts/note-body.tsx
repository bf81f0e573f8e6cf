import type { Composition, CompositionSection } from '#fhir/r4'
import { conceptText } from '#hospital/laboratory'
import { Narrative } from './narrative.tsx'
import classes from './note-body.module.css'

interface Props {
  readonly note: Composition
  /** level of the note's own title on the page */
  readonly under: 2 | 3
}

/** The sections of a note, one under the other, as deep as they were written. */
export function NoteBody({ note, under }: Props) {
  return (
    <div className={classes.body}>
      {note.text && !note.section?.length && <Narrative html={note.text.div} />}
      {note.section?.map((section, at) => (
        <Section key={`${section.title} ${at}`} section={section} heading={under === 2 ? 'h3' : 'h4'} />
      ))}
    </div>
  )
}

interface SectionProps {
  readonly section: CompositionSection
  readonly heading: 'h3' | 'h4' | 'h5'
}

function Section({ section, heading: Heading }: SectionProps) {
  return (
    <section className={classes.section}>
      <Heading>{section.title ?? conceptText(section.code)}</Heading>
      {section.text && <Narrative html={section.text.div} />}
      {section.section?.map((inner, at) => (
        <Section key={`${inner.title} ${at}`} section={inner} heading={Heading === 'h3' ? 'h4' : 'h5'} />
      ))}
    </section>
  )
}
