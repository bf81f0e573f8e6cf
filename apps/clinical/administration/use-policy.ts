import { useMutation, useQuery } from '@tanstack/react-query'
import type { PolicyShown, Simulation, SimulationAsked } from '#apps/server'
import { askOwn, tellOwn } from '../server/index.ts'

/** The policy in force, line by line. */
export const usePolicy = () =>
  useQuery({
    queryKey: ['access', 'policy'],
    refetchInterval: false,
    queryFn: ({ signal }) => askOwn<PolicyShown>('/access/policy', { signal }),
  })

/** May somebody do something, and why. Nothing is opened by asking. */
export const useSimulate = () =>
  useMutation({ mutationFn: (asked: SimulationAsked) => tellOwn<Simulation>('/access/simulate', asked) })
