export function ResultsPage() {
  return <p>results</p>
}
