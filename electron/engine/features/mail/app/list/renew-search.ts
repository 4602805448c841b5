import type { Needs } from '../../../../ports/parts'

/** Between two steps, so that everything else comes first. */
const pauseMs = 15
/** After a step that failed (a full disk, a damaged page, which are told where they are met): not at once again. */
const againMs = 60_000

/**
 * Brings the search index to the present way of folding letters, in the background and step by step. Ends when all is
 * done; goes on at the next start whatever ended it. Answers a function that stops it.
 */
export function startRenewingSearch({
  store,
  mime,
  log,
}: Needs<'log' | 'mime', 'searchRenewal'>): () => void {
  let timer: NodeJS.Timeout | null = null
  let stopped = false
  const step = () => {
    timer = null
    let waitMs = pauseMs
    try {
      if (!store.searchRenewal.step(raw => mime.parseMessage(raw))) return
    } catch (error) {
      log.warn('the search index was not renewed', { code: error instanceof Error ? error.name : 'unknown' })
      waitMs = againMs
    }
    schedule(waitMs)
  }
  const schedule = (delayMs: number) => {
    if (stopped) return
    timer = setTimeout(step, delayMs)
    timer.unref()
  }
  schedule(pauseMs)
  return () => {
    stopped = true
    if (timer !== null) clearTimeout(timer)
  }
}
