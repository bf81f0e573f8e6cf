import type { Table, TableId } from './table.ts'
import { checkInTable } from './xml0-check-in.ts'
import { summaryTable } from './xml1-summary.ts'
import { drugsTable } from './xml2-drugs.ts'
import { servicesTable } from './xml3-services.ts'
import { resultsTable } from './xml4-results.ts'
import { notesTable } from './xml5-notes.ts'
import { hivTable } from './xml6-hiv.ts'
import { dischargeTable } from './xml7-discharge.ts'
import { recordSummaryTable } from './xml8-record-summary.ts'
import { birthTable } from './xml9-birth.ts'
import { pregnancyRestTable } from './xml10-pregnancy-rest.ts'
import { sickLeaveTable } from './xml11-sick-leave.ts'
import { assessmentTable } from './xml12-assessment.ts'
import { transferTable } from './xml13-transfer.ts'
import { appointmentTable } from './xml14-appointment.ts'
import { tuberculosisTable } from './xml15-tuberculosis.ts'

/** Every table of the decisions, by its id. XML12 is typed on the portal and never stands in a dossier. */
export const tables: Readonly<Record<TableId, Table>> = {
  XML0: checkInTable,
  XML1: summaryTable,
  XML2: drugsTable,
  XML3: servicesTable,
  XML4: resultsTable,
  XML5: notesTable,
  XML6: hivTable,
  XML7: dischargeTable,
  XML8: recordSummaryTable,
  XML9: birthTable,
  XML10: pregnancyRestTable,
  XML11: sickLeaveTable,
  XML12: assessmentTable,
  XML13: transferTable,
  XML14: appointmentTable,
  XML15: tuberculosisTable,
}
