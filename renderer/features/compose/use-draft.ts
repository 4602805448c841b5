import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Draft, DraftContent } from '../../../shared/model/compose'
import { useHost } from '../../host/host-context'
import { saveBeforeLock } from '../../state/lock-app'
import { DraftSaver, type SaveState } from './draft-saver'
import { allOf, type Recipients } from './recipients-field'

/** What stands in the draft window. */
export type Writing = Readonly<{
  accountId: DraftContent['accountId']
  to: Recipients
  cc: Recipients
  bcc: Recipients
  subject: string
  text: string
  html: string | null
  requireTls?: DraftContent['requireTls']
  secureAlias?: DraftContent['secureAlias']
  protection: DraftContent['protection']
  replyTo?: DraftContent['replyTo']
  agreedTo?: DraftContent['agreedTo']
}>

const writingOf = ({ to, cc, bcc, ...rest }: DraftContent): Writing => ({
  ...rest,
  to: { list: to, typed: '' },
  cc: { list: cc, typed: '' },
  bcc: { list: bcc, typed: '' },
})

export const contentOf = ({ to, cc, bcc, ...rest }: Writing): DraftContent => ({
  ...rest,
  to: allOf(to),
  cc: allOf(cc),
  bcc: allOf(bcc),
})

/** Text and fields of an open draft, saved as they change, and at once when the window loses the focus or goes. */
export function useDraft(draft: Draft) {
  const host = useHost()
  const [writing, setWriting] = useState(() => writingOf(draft.content))
  const [saveState, setSaveState] = useState<SaveState>({ kind: 'saved' })
  const [theirs, setTheirs] = useState<Draft | null>(null)
  const first = useRef(draft)
  const saver = useMemo(
    () => new DraftSaver(host, first.current, { state: setSaveState, conflict: setTheirs }),
    [host],
  )
  const newest = useRef(writing)
  const change = useCallback(
    (part: Partial<Writing>) => {
      newest.current = { ...newest.current, ...part }
      setWriting(newest.current)
      saver.change(contentOf(newest.current))
    },
    [saver],
  )
  /** What the draft begins with beside what the engine made: nothing to be saved by itself. */
  const start = useCallback((part: Partial<Writing>) => {
    newest.current = { ...newest.current, ...part }
    setWriting(newest.current)
  }, [])
  useEffect(() => {
    const flush = () => void saver.flush()
    addEventListener('blur', flush)
    addEventListener('pagehide', flush)
    document.addEventListener('visibilitychange', flush)
    const forgetLock = saveBeforeLock(() => saver.flush())
    return () => {
      removeEventListener('blur', flush)
      removeEventListener('pagehide', flush)
      document.removeEventListener('visibilitychange', flush)
      forgetLock()
      flush()
    }
  }, [saver])
  return { writing, change, start, saver, saveState, theirs, forgetTheirs: () => setTheirs(null) }
}
