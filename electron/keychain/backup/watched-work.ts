import { SiegelError } from '../../../shared/ipc/result'

/** A backup or a restore that can be watched, in bytes, and stopped. */
export type WatchedWork = Readonly<{
  signal?: AbortSignal
  onProgress?: (done: number, total: number) => void
}>

/** Throws `cancelled` when the work was stopped. */
export const requireGoing = ({ signal }: WatchedWork): void => {
  if (signal?.aborted) throw new SiegelError('cancelled')
}
