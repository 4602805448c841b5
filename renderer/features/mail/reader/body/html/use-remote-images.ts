import { useCallback, useEffect, useRef, useState } from 'react'
import type { MessageDetail, RemoteLoadReport } from '../../../../../../shared/features/mail/model'
import type { CallInput } from '../../../../../../shared/ipc/contract'
import type { Host } from '../../../../../host/host'
import { useHost } from '../../../../../host/host-context'
import { runCommand } from '../../../../../state/run-command'

/** The remote images of the message that is shown. */
export type RemoteImages = Readonly<{
  isLoading: boolean
  report: RemoteLoadReport | null
  /** Grows with every load, so that the document is asked for again; 0 before the first. */
  loads: number
  /** `anyway`: only this one of those that look like trackers. */
  load: (scope: 'once' | 'once-decrypted' | 'sender', anyway?: number) => void
}>

/** For a listed sender nobody pressed anything: a failure leaves the button and says nothing. */
async function ask(host: Host, input: CallInput<'messages.allowRemote'>): Promise<RemoteLoadReport | null> {
  if (input.scope !== 'listed') return runCommand(host, 'messages.allowRemote', input)
  const answer = await host.call('messages.allowRemote', input)
  return answer.ok ? answer.value : null
}

/**
 * Loads the remote images of one message when the user says so, or when the sender is on the list and the design is
 * shown. What was loaded belongs to this opening: it is forgotten when another message is shown or the reader closes.
 */
export function useRemoteImages(detail: MessageDetail, showsHtml: boolean): RemoteImages {
  const host = useHost()
  const { id } = detail.summary
  const [state, setState] = useState<Readonly<{ id: number; report: RemoteLoadReport | null }> | null>(null)
  const [loads, setLoads] = useState(0)
  const shown = useRef(id)
  shown.current = id

  /** Only what was asked for is there to be forgotten. */
  const asked = useRef(false)
  const load = useCallback(
    async (scope: CallInput<'messages.allowRemote'>['scope'], anyway?: number) => {
      asked.current = true
      setState({ id, report: null })
      const report = await ask(host, { messageId: id, scope, ...(anyway === undefined ? {} : { anyway }) })
      if (shown.current !== id) return
      setState(report === null ? null : { id, report })
      setLoads(count => count + 1)
    },
    [host, id],
  )
  const isListed = detail.remote?.always === 'allowed' && detail.remote.imageCount > 0
  const tried = useRef<number | null>(null)
  useEffect(() => {
    if (!isListed || !showsHtml || tried.current === id) return
    tried.current = id
    void load('listed')
  }, [id, isListed, showsHtml, load])
  useEffect(
    () => () => {
      tried.current = null
      setState(null)
      if (asked.current) void host.call('messages.forgetRemote', { messageId: id })
      asked.current = false
    },
    [host, id],
  )

  const mine = state?.id === id ? state : null
  return {
    isLoading: mine !== null && mine.report === null,
    report: mine?.report ?? null,
    loads: mine?.report ? loads : 0,
    load: (scope, anyway) => void load(scope, anyway),
  }
}
