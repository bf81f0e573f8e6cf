export function ProblemsPage() {
  return <p>problems</p>
}
