import { createContext, type ReactNode, useContext, useState } from 'react'
import type { MailboxRole, MailboxSummary } from '../../../../shared/features/mail/model'
import type { MessageId } from '../../../../shared/kit/ids'
import { useHost } from '../../../host/host-context'
import { startDraft } from '../../../state/drafts/start-draft'
import { useCommands } from '../../../state/keys/use-commands'
import { leave } from '../../../state/leaving'
import { useLive } from '../../../state/live/live-context'
import { changeFlags, runUndoable } from '../../../state/run-command'
import { useUi } from '../../../state/ui-store'
import { staysListed } from '../list/stays-listed'
import type { MessageList } from '../list/use-message-list'
import { useMail } from '../state'
import { DeleteDialog } from './delete-dialog'
import { allMessageActions } from './message-action-list'
import type { MessageActionSet } from './message-action-set'
import { MoveDialog } from './move-dialog'

const ActionContext = createContext<MessageActionSet | null>(null)

export function useMessageActions(): MessageActionSet {
  const actions = useContext(ActionContext)
  if (actions === null) throw new Error('useMessageActions needs MessageActions above it')
  return actions
}

/** The messages a command without a target means: the selection, or the one being read. */
function targetIds(): readonly MessageId[] {
  const { selection, readingId } = useMail.getState()
  if (selection.selected.size > 1) return [...selection.selected]
  const id = readingId ?? selection.focus
  return id === null ? [] : [id]
}

/** Offers the actions to everything below and answers their keys. */
export function MessageActions({
  list,
  mailboxes,
  children,
}: Readonly<{ list: MessageList; mailboxes: readonly MailboxSummary[]; children: ReactNode }>) {
  const host = useHost()
  const { rows } = useLive()
  const [moving, setMoving] = useState<readonly MessageId[] | null>(null)
  const [deleting, setDeleting] = useState<readonly MessageId[] | null>(null)

  const roleOf = (id: MessageId | null): MailboxRole => {
    const mailboxId = id === null ? undefined : rows.get(id)?.mailboxId
    return mailboxes.find(mailbox => mailbox.id === mailboxId)?.role ?? list.role
  }
  /** Runs with the ids, which leave the list at once; a row kept in an unread list is let go of. What is found stays found. */
  const leaving = (
    ids: readonly MessageId[],
    run: (ids: MessageId[]) => Promise<number | null>,
    target?: MailboxSummary,
  ) => {
    if (ids.length === 0) return
    useMail.setState({ keptId: null, readingId: null })
    const change = () => run([...ids])
    void (staysListed(target) ? change() : leave(ids, change))
  }
  const deleteNow = (ids: readonly MessageId[]) =>
    leaving(ids, all => runUndoable(host, 'delete', 'messages.delete', { ids: all }))
  const one = (): MessageId | null => {
    const ids = targetIds()
    return ids.length === 1 ? (ids[0] ?? null) : null
  }

  const actions: MessageActionSet = {
    archive: (ids = targetIds()) =>
      leaving(ids, all => runUndoable(host, 'archive', 'messages.archive', { ids: all })),
    remove: (ids = targetIds()) => {
      // From the trash there is no way back, so it is asked.
      if (ids.some(id => roleOf(id) === 'trash')) setDeleting(ids)
      else deleteNow(ids)
    },
    toggleJunk: (ids = targetIds()) => {
      const junk = !ids.every(id => roleOf(id) === 'junk')
      leaving(ids, all => runUndoable(host, junk ? 'junk' : 'not-junk', 'messages.junk', { ids: all, junk }))
    },
    toggleFlag: (ids = targetIds()) => {
      if (ids.length === 0) return
      const flagged = ids.every(id => rows.get(id)?.flags.includes('flagged') ?? false)
      const change = flagged
        ? { add: [], remove: ['flagged' as const] }
        : { add: ['flagged' as const], remove: [] }
      void changeFlags(host, { ids: [...ids], ...change })
    },
    markSeen: (seen, ids = targetIds()) => {
      if (ids.length === 0) return
      const change = seen ? { add: ['seen' as const], remove: [] } : { add: [], remove: ['seen' as const] }
      useMail.setState({ heldUnreadId: seen || ids.length > 1 ? null : (ids[0] ?? null) })
      void changeFlags(host, { ids: [...ids], ...change })
    },
    move: (ids = targetIds()) => {
      if (ids.length > 0) setMoving(ids)
    },
    reply: mode => {
      const id = one()
      if (id !== null) void startDraft(host, mode, id)
    },
    plan: (kind, ids = targetIds()) => {
      const [id] = ids
      const row = ids.length === 1 && id !== undefined ? rows.get(id) : undefined
      if (row !== undefined && row.messageIdHeader !== '')
        useUi.setState({ planned: { kind, name: row.messageIdHeader, subject: row.subject } })
    },
    editDraft: id => void startDraft(host, 'edit', id),
    showSource: (ids = targetIds()) => {
      const [id = null] = ids
      if (ids.length === 1) useMail.setState({ sourceId: id })
    },
    roleOf,
  }

  useCommands({
    ...Object.fromEntries(allMessageActions.map(({ command, run }) => [command, () => run(actions)])),
    replyList: () => actions.reply('reply-list'),
  })

  return (
    <ActionContext value={actions}>
      {children}
      {moving === null ? null : (
        <MoveDialog
          ids={moving}
          shown={list.searchTotal === null ? list.mailbox : null}
          mailboxes={mailboxes}
          onClose={() => setMoving(null)}
          onChoose={mailboxId =>
            leaving(
              moving,
              ids => runUndoable(host, 'move', 'messages.move', { ids, mailboxId }),
              mailboxes.find(({ id }) => id === mailboxId),
            )
          }
        />
      )}
      <DeleteDialog
        count={deleting?.length ?? null}
        onClose={() => setDeleting(null)}
        onConfirm={() => deleteNow(deleting ?? [])}
      />
    </ActionContext>
  )
}
