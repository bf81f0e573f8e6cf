/** Vietnamese names of fields, for papers that a person reads. */
const LABELS: Readonly<Record<string, string>> = {}

/** @returns the field's own name where it has no Vietnamese one */
export const fieldLabel = (field: string): string => LABELS[field] ?? field
