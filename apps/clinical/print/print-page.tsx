export function PrintPage() {
  return <p>print</p>
}
