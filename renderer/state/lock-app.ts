import type { Host } from '../host/host'
import { runCommand } from './run-command'

/** Main locks anyway soon after it asked, so that a page that hangs cannot keep the mail open. */
const patienceMs = 1000

const savers = new Set<() => Promise<unknown>>()

/** Registers what must reach the disk before the lock closes it. Answers a function that takes it back. */
export function saveBeforeLock(save: () => Promise<unknown>): () => void {
  savers.add(save)
  return () => void savers.delete(save)
}

/** Saves what is being written, then locks. A save that fails or hangs does not keep the app open. */
export async function lockApp(host: Host): Promise<void> {
  const saved = Promise.allSettled([...savers].map(save => save()))
  await Promise.race([saved, new Promise(resolve => setTimeout(resolve, patienceMs))])
  await runCommand(host, 'app.lock', {})
}
