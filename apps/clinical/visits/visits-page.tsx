export function VisitsPage() {
  return <p>visits</p>
}
