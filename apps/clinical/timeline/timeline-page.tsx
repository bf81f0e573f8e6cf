export function TimelinePage() {
  return <p>timeline</p>
}
