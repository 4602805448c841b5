import { writeFileSync } from 'node:fs'

/**
 * Keeps the memory of a process out of what the system writes when it crashes (core(5), "Controlling which mappings are
 * written"). What a process starts inherits it. Linux only; elsewhere, and where the system refuses, nothing changes.
 */
export const omitFromCoreDumps = (pid: number): void => {
  if (process.platform !== 'linux') return
  try {
    writeFileSync(`/proc/${pid}/coredump_filter`, '0')
  } catch {
    // A sandboxed process is no business of ours, and the system writes no dumps of it either.
  }
}
