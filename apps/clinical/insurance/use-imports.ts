import { useQuery } from '@tanstack/react-query'
import type { ImportRun } from '#apps/server'
import { askDesk } from './desk-requests.ts'

const BUSY_MS = 1_000
const IDLE_MS = 10_000

export const isUnderWay = ({ state }: ImportRun): boolean => state === 'waiting' || state === 'running'

/** The imports the server knows, newest first; asked every second while one is under way. A reload finds them again. */
export const useImports = () =>
  useQuery({
    queryKey: ['insurance', 'imports'],
    queryFn: ({ signal }) => askDesk<{ runs: readonly ImportRun[] }>('imports', { signal }),
    select: ({ runs }) => runs,
    refetchInterval: ({ state }) => (state.data?.runs.some(isUnderWay) ? BUSY_MS : IDLE_MS),
  })

/** Sums over many files. */
export interface ImportTotals {
  readonly done: number
  readonly waiting: number
  readonly refused: number
  readonly dossiers: number
  /** seconds until everything waiting is read at the rate so far; null while nothing tells */
  readonly secondsLeft: number | null
}

/** @param bytesToCome of files not uploaded yet */
export function totalsOf(runs: readonly ImportRun[], filesToCome: number, bytesToCome: number): ImportTotals {
  const count = (...states: readonly ImportRun['state'][]) => runs.filter(({ state }) => states.includes(state)).length
  const seconds = runs.reduce((sum, run) => sum + run.seconds, 0)
  const read = runs.reduce((sum, run) => sum + (run.seconds > 0 ? run.bytesRead : 0), 0)
  const left = runs.filter(isUnderWay).reduce((sum, run) => sum + run.bytes - run.bytesRead, bytesToCome)
  return {
    done: count('done'),
    waiting: count('waiting', 'running') + filesToCome,
    refused: count('refused'),
    dossiers: runs.reduce((sum, run) => sum + run.dossiers, 0),
    secondsLeft: read > 0 && left > 0 ? Math.ceil((left * seconds) / read) : null,
  }
}
