import type { Composition, CompositionSection } from '#fhir/r4'
import { conceptText } from '#hospital/laboratory'
import { Narrative } from './narrative.tsx'
import classes from './note-body.module.css'

/** The sections of a note, one under the other, as deep as they were written. */
export function NoteBody({ note }: { readonly note: Composition }) {
  return (
    <div className={classes.body}>
      {note.text && !note.section?.length && <Narrative html={note.text.div} />}
      {note.section?.map((section, at) => (
        <Section key={`${section.title} ${at}`} section={section} />
      ))}
    </div>
  )
}

function Section({ section }: { readonly section: CompositionSection }) {
  return (
    <section className={classes.section}>
      <h4>{section.title ?? conceptText(section.code)}</h4>
      {section.text && <Narrative html={section.text.div} />}
      {section.section?.map((inner, at) => (
        <Section key={`${inner.title} ${at}`} section={inner} />
      ))}
    </section>
  )
}
