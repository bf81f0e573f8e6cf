export function DocumentsPage() {
  return <p>documents</p>
}
