import { lazy, Suspense } from 'react'
import { useSession } from '../session/session-store.ts'

// The chart's first script does not carry the insurance desk.
const ComposeButton = lazy(async () => ({
  default: (await import('../insurance/compose-button.tsx')).ComposeButton,
}))

/** Who makes dossiers; the server holds the same. */
const MAKES_DOSSIERS = new Set<string>(['insurance', 'records'])

/** The way from a visit to its insurance dossier, for those who make dossiers. */
export function VisitDossier({ visit }: { readonly visit: string }) {
  const session = useSession()
  if (session !== null && !session.roles.some((role) => MAKES_DOSSIERS.has(role))) return null
  return (
    <Suspense fallback={null}>
      <ComposeButton encounter={visit} />
    </Suspense>
  )
}
