/** The policies of access that a hospital adopted, and the one in force. */
export { openPolicyBook, type PolicyBook, type PolicyBookOptions, type PolicyVersion } from './policy-book.ts'
