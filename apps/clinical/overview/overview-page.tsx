export function OverviewPage() {
  return <p>overview</p>
}
