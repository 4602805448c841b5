import './compose.css'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountSummary } from '../../../shared/features/accounts/model'
import type { DraftId } from '../../../shared/kit/ids'
import { useLiveQuery } from '../../state/live/use-live-query'
import { closeDraft, openDraft, useUi } from '../../state/ui-store'
import { Composer } from './composer'

function DraftWindow({
  id,
  accounts,
  isFront,
  startsFormatted,
  onMinimise,
}: Readonly<{
  id: DraftId
  accounts: readonly AccountSummary[]
  isFront: boolean
  startsFormatted: boolean
  onMinimise: () => void
}>) {
  const live = useLiveQuery('drafts.get', { draftId: id })
  // Never from an answer of before: what was written since would be missing, and saved over.
  const fresh = live.isOld ? undefined : live.data
  const initial = useRef(fresh)
  initial.current ??= fresh
  const isGone = initial.current === undefined && live.failure !== null
  useEffect(() => {
    if (isGone) closeDraft(id)
  }, [id, isGone])
  if (initial.current === undefined) return null
  return (
    <Composer
      initial={initial.current}
      live={live.data ?? initial.current}
      {...{ accounts, isFront, startsFormatted, onMinimise }}
    />
  )
}

function DraftTab({ id, onOpen }: Readonly<{ id: DraftId; onOpen: () => void }>) {
  const { t } = useTranslation('compose')
  const draft = useLiveQuery('drafts.get', { draftId: id })
  return (
    <button type="button" className="compose-tab clip" dir="auto" onClick={onOpen}>
      {draft.data?.content.subject.trim() || t('newMessage')}
    </button>
  )
}

/** Every open draft (`openDrafts` of the UI store), in front of the room: one window, the others as tabs. */
export function ComposeLayer() {
  const { t } = useTranslation('compose')
  const open = useUi(state => state.openDrafts)
  const accounts = useLiveQuery('accounts.list', {})
  const settings = useLiveQuery('settings.get', {})
  const isAside = useUi(state => state.draftsAside)
  const roomCalls = useUi(state => state.roomCalls)
  const layer = useRef<HTMLElement>(null)
  const front = open.at(-1)
  // A draft that comes to the front is meant to be seen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another draft in front opens the window again.
  useEffect(() => useUi.setState({ draftsAside: false }), [front])
  const answered = useRef(roomCalls)
  useEffect(() => {
    if (answered.current === roomCalls) return
    answered.current = roomCalls
    // The style sheet says where a draft lies over what was asked for.
    if (
      layer.current !== null &&
      getComputedStyle(layer.current).getPropertyValue('--covers-room').trim() === '1'
    )
      useUi.setState({ draftsAside: true })
  }, [roomCalls])
  if (front === undefined || settings.data === undefined) return null
  const tabs = isAside ? open : open.slice(0, -1)
  return (
    <aside ref={layer} className="compose-layer" aria-label={t('layer')}>
      {tabs.length === 0 ? null : (
        <div className="compose-tabs">
          {tabs.map(id => (
            <DraftTab key={id} id={id} onOpen={() => openDraft(id)} />
          ))}
        </div>
      )}
      {/* In a fixed order: bringing one to the front must not move it in the page, that would lose its focus. */}
      {open.toSorted().map(id => (
        <DraftWindow
          key={id}
          id={id}
          accounts={accounts.data ?? []}
          isFront={id === front && !isAside}
          startsFormatted={settings.data?.composeFormat === 'html'}
          onMinimise={() => useUi.setState({ draftsAside: true })}
        />
      ))}
    </aside>
  )
}
