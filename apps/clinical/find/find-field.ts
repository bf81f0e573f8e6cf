/** The id of the field that Ctrl+K leads to, wherever it stands. */
export const FIND_FIELD = 'find-patient'
