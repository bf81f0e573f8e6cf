export function MedicinesPage() {
  return <p>medicines</p>
}
