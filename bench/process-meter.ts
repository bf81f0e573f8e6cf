/**
 * CPU time and memory of other processes, as Linux counts them. On other systems the figures are absent (NaN), the
 * rest of the bench still runs.
 * @source https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
import { readFileSync, readdirSync } from 'node:fs'

/** Ticks per second of /proc; Linux fixed it for all programs. */
const TICKS = 100

const isLinux = process.platform === 'linux'

/** The parent and the CPU ticks (utime and stime) of a process; null when it is gone. */
function statOf(pid: number): { parent: number; ticks: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The name in parentheses may hold anything, so fields are counted after the last one.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }
  } catch {
    return null
  }
}

/** Milliseconds of CPU (user and system) by process id. */
export type CpuReading = ReadonlyMap<number, number>

/** @returns the CPU of one process, its threads included */
export function cpuOf(pid: number): CpuReading {
  const found = statOf(pid)
  return new Map(found ? [[pid, (found.ticks * 1000) / TICKS]] : [])
}

/** @returns the CPU of a process and its children: a whole PostgreSQL */
export function cpuOfTree(pid: number): CpuReading {
  const reading = new Map<number, number>()
  for (const name of isLinux ? readdirSync('/proc') : []) {
    const candidate = Number(name)
    const found = candidate > 0 ? statOf(candidate) : null
    if (found && (candidate === pid || found.parent === pid)) reading.set(candidate, (found.ticks * 1000) / TICKS)
  }
  return reading
}

/** @returns ms of CPU between two readings; what a process used that ended in between is not in it */
export function cpuBetween(begin: CpuReading, end: CpuReading): number {
  if (end.size === 0) return NaN
  return [...end].reduce((sum, [pid, ms]) => sum + ms - (begin.get(pid) ?? 0), 0)
}

/** @returns ms of CPU that all programs together have used since the machine started; NaN where the system does not tell */
export function busyOf(): number {
  if (!isLinux) return NaN
  const [, user, nice, system, , , irq, softirq] = readFileSync('/proc/stat', 'latin1').split(/\s+/).map(Number)
  const ticks = [user, nice, system, irq, softirq].reduce<number>((sum, each) => sum + (each ?? 0), 0)
  return (ticks * 1000) / TICKS
}

/** @returns the largest amount of memory the process ever held, in MB (10^6 bytes); NaN when it is gone */
export function peakMemoryOf(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1')
    return (Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? NaN) * 1024) / 1e6
  } catch {
    return NaN
  }
}
