import type { WatchedWork } from '../electron/keychain/backup/watched-work'
import { eachPercent } from '../shared/util/each-percent'

/**
 * Runs long work that Ctrl+C (or the end of the session) stops in good order instead of killing it, and shows on a terminal how
 * far it is, in one line of stderr that goes again. A second Ctrl+C ends the program at once.
 */
export async function watched<T>(
  words: string,
  work: (how: Required<WatchedWork>) => Promise<T>,
): Promise<T> {
  const controller = new AbortController()
  const stop = (): void => controller.abort()
  const { stderr } = process
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  try {
    return await work({
      signal: controller.signal,
      onProgress: eachPercent((done, total) => {
        if (stderr.isTTY) stderr.write(`\r${words}: ${Math.floor((100 * done) / total)} %`)
      }),
    })
  } finally {
    process.removeListener('SIGINT', stop)
    process.removeListener('SIGTERM', stop)
    if (stderr.isTTY) stderr.write('\r\u001b[K')
  }
}
