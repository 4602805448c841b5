import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { useHost } from '../../host/host-context'
import { LiveQueries } from './live-queries'
import { MessageRows } from './message-rows'

/** What the window knows of the store, kept fresh: answers to queries, and the rows of message lists. */
export type LiveState = Readonly<{ queries: LiveQueries; rows: MessageRows }>

const LiveContext = createContext<LiveState | null>(null)

export function LiveProvider({ children }: Readonly<{ children: ReactNode }>) {
  const host = useHost()
  const [live] = useState<LiveState>(() => ({ queries: new LiveQueries(host), rows: new MessageRows(host) }))
  useEffect(
    () =>
      host.on('app', status => {
        // Lock means lock: no mail stays in the memory of the page.
        if (status.state === 'open') return
        live.queries.clear()
        live.rows.clear()
      }),
    [host, live],
  )
  return <LiveContext value={live}>{children}</LiveContext>
}

export function useLive(): LiveState {
  const live = useContext(LiveContext)
  if (live === null) throw new Error('useLive needs a LiveProvider above it')
  return live
}
