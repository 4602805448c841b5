import type { CallOutput } from '../../shared/ipc/contract'
import type { Host } from '../host/host'

type Waiting = CallOutput<'page.waiting'>

/**
 * Takes what waits in main, now and whenever something is added, each once and in order, and says so when it has been
 * handled: what a page that goes away had not said stays in main for the next. Answers the function that ends it.
 */
export function takeWaiting<K extends keyof Waiting>(
  host: Host,
  kind: K,
  handle: (item: Waiting[K][number]) => void,
): () => void {
  let ended = false
  let last = 0
  let queue = Promise.resolve()
  const take = async (): Promise<void> => {
    if (ended) return
    const result = await host.call('page.waiting', {})
    if (ended || !result.ok) return
    const items: readonly Waiting[K][number][] = result.value[kind]
    const fresh = items.filter(({ id }) => id > last)
    if (fresh.length === 0) return
    for (const item of fresh) handle(item)
    last = Math.max(last, ...fresh.map(({ id }) => id))
    await host.call('page.took', { ids: fresh.map(({ id }) => id) })
  }
  const soon = () => {
    queue = queue.then(take)
  }
  const stop = host.on(kind === 'notices' ? 'notice' : 'command', soon)
  soon()
  return () => {
    ended = true
    stop()
  }
}
