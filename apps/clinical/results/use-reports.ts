import { useMemo } from 'react'
import type { DiagnosticReport, Observation } from '#fhir/r4'
import { usePages } from '../server/index.ts'

/**
 * Sections whose results are words or images: radiology, ultrasound, tomography, cardiology, function tests, pathology,
 * microbiology. @source http://terminology.hl7.org/CodeSystem/v2-0074
 */
const SECTIONS = 'RAD,RUS,RX,XRC,CT,CTH,NMR,NMS,NRS,CUS,OUS,VUS,EC,EN,PF,SP,CP,MB,GE,OTH'

/** Reports in words, newest first, with the findings they refer to. */
export function useReports(id: string) {
  const pages = usePages<DiagnosticReport>(
    `DiagnosticReport?patient=${id}&category=${SECTIONS}&_sort=-date&_count=50&_include=DiagnosticReport:result`,
  )
  const { included } = pages
  const findings = useMemo(
    () =>
      new Map(
        included
          .filter((one): one is Observation => one.resourceType === 'Observation')
          .map((one) => [`Observation/${one.id}`, one]),
      ),
    [included],
  )
  return { ...pages, findings }
}
