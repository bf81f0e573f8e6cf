/** The R4 resource and data types, named as the standard names them. Types only: nothing of this exists at run time. */
export type * from 'fhir/r4.js'
