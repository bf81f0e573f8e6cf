import type { Bundle, Coverage, FhirResource, Patient } from '#fhir/r4'
import { numberOf } from '#hospital/identification'
import { bundleText, demoHospital } from '#testing/demo-hospital'
import { startProduct, type Product } from './product.ts'

/** The running product with the first people of the demo hospital in it. */
export interface HospitalWithPeople {
  readonly address: string
  readonly person: (id: string) => Patient
  readonly coverageOf: (id: string) => Coverage | undefined
  readonly post: (bundle: Bundle<FhirResource>) => Promise<void>
}

interface Wish {
  readonly patients: number
  /** also the records of 2,000 encounters and of 120 days */
  readonly longRecords?: boolean
}

async function send(product: Product, bundle: string): Promise<void> {
  const answer = await fetch(`${product.address}/fhir/R4`, {
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json' },
    body: bundle,
  })
  if (!answer.ok) throw new Error(`The product refused a bundle: ${answer.status} ${await answer.text()}`)
}

/** Starts the product over an empty database and sends it the demo hospital as any program would. */
export async function hospitalWith({ patients, longRecords = false }: Wish): Promise<HospitalWithPeople> {
  const product = await startProduct()
  const bundles = [...demoHospital({ patients, longRecords })] as Bundle<FhirResource>[]
  for (const bundle of bundles) await send(product, bundleText(bundle))
  const resources = bundles.flatMap((bundle) => (bundle.entry ?? []).map((entry) => entry.resource))
  const person = (id: string): Patient => {
    const found = resources.find((resource) => resource?.resourceType === 'Patient' && resource.id === id)
    if (found?.resourceType !== 'Patient') throw new Error(`${id} is not among the first ${patients} people`)
    return found
  }
  return {
    address: product.address,
    person,
    coverageOf: (id) =>
      resources.find(
        (resource): resource is Coverage =>
          resource?.resourceType === 'Coverage' && resource.beneficiary.reference === `Patient/${id}`,
      ),
    post: (bundle) => send(product, JSON.stringify(bundle)),
  }
}

/** A number of somebody, who must have one for the test to mean anything. */
export function numberOfSomebody(patient: Patient, kind: 'patientCode' | 'personalId'): string {
  const number = numberOf(patient.identifier, kind)
  if (!number) throw new Error(`${patient.id} has no ${kind}`)
  return number
}
