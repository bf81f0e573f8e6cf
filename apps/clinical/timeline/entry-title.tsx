import { Link } from '@tanstack/react-router'
import type { TimelineEntry } from '#hospital/medical-record'
import { useVisitClass } from '../parts/use-visit-class.ts'

interface Props {
  readonly id: string
  readonly entry: TimelineEntry
}

/** The name of an entry; visits and papers lead to their page. */
export function EntryTitle({ id, entry: { resource, title, findings } }: Props) {
  const visitClass = useVisitClass()
  switch (resource.resourceType) {
    case 'Encounter':
      return (
        <Link to="/patient/$id/visits" params={{ id }} search={{ chosen: resource.id }}>
          <strong>{title || visitClass(resource)}</strong>
        </Link>
      )
    case 'Composition':
    case 'DocumentReference':
      return (
        <Link
          to="/patient/$id/documents"
          params={{ id }}
          search={{ chosen: `${resource.resourceType}/${resource.id}` }}
        >
          <strong>{title}</strong>
        </Link>
      )
    case 'Observation':
      // a single measurement is named by its finding
      return findings.length > 0 ? null : <strong>{title}</strong>
    default:
      return title ? <strong>{title}</strong> : null
  }
}
