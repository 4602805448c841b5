import { Copy, History, Pencil, Reply, RotateCcw, Trash2, Undo2, X } from 'lucide-react'
import { useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatMessage, ChatMessageId, Conversation } from '../../../../shared/features/chat/model'
import { useHost } from '../../../host/host-context'
import { runCommand } from '../../../state/run-command'
import type { MenuEntry } from '../../../ui/actions/menu'

/** What the parts of a message do. It stays the same object, so that messages are not drawn again because of it. */
export type MessageDeeds = Readonly<{
  reply: (message: ChatMessage) => void
  edit: (message: ChatMessage) => void
  /** Takes a reaction of mine away, or adds it. */
  react: (message: ChatMessage, emoji: string) => void
  retry: (message: ChatMessage) => void
  discard: (message: ChatMessage) => void
  unsend: (message: ChatMessage) => void
  jump: (id: ChatMessageId) => void
  earlier: (message: ChatMessage) => void
  entriesFor: (message: ChatMessage) => readonly MenuEntry[]
}>

/** What is handed over can still be changed; a file and what failed cannot. */
export const canEdit = ({
  author,
  retracted,
  state,
  text,
  attachments,
  undecryptable,
}: ChatMessage): boolean =>
  author.isOwn &&
  retracted === null &&
  undecryptable === null &&
  state !== 'failed' &&
  text !== '' &&
  attachments.length === 0

const isReadable = ({ retracted, undecryptable }: ChatMessage): boolean =>
  retracted === null && undecryptable === null

/** What can be done with messages, as buttons, menu entries and keys. */
export function useMessageDeeds(
  conversation: Conversation,
  doing: Readonly<{
    onReply: (message: ChatMessage) => void
    onEdit: (message: ChatMessage) => void
    onUndone: (text: string) => void
    onJump: (id: ChatMessageId) => void
    onAsk: (what: 'retract' | 'earlier', message: ChatMessage) => void
  }>,
): MessageDeeds {
  const { t } = useTranslation(['chat', 'common'])
  const host = useHost()
  const latest = useRef({ doing, conversation })
  latest.current = { doing, conversation }
  return useMemo(() => {
    const now = () => latest.current.doing
    const deeds = {
      reply: (message: ChatMessage) => now().onReply(message),
      edit: (message: ChatMessage) => now().onEdit(message),
      react: (message: ChatMessage, emoji: string) => {
        const own = message.reactions.filter(({ isOwn }) => isOwn).map(each => each.emoji)
        const next = own.includes(emoji) ? own.filter(each => each !== emoji) : [...own, emoji].slice(-20)
        void runCommand(host, 'chat.react', { id: message.id, emoji: next })
      },
      retry: ({ id }: ChatMessage) => void runCommand(host, 'chat.retry', { id }),
      discard: ({ id }: ChatMessage) => void runCommand(host, 'chat.discard', { id }),
      unsend: async ({ id }: ChatMessage) => {
        const back = await runCommand(host, 'chat.unsend', { id })
        if (back !== null) now().onUndone(back.text)
      },
      jump: (id: ChatMessageId) => now().onJump(id),
      earlier: (message: ChatMessage) => now().onAsk('earlier', message),
    }
    const entriesFor = (message: ChatMessage): readonly MenuEntry[] => {
      const { author, state, edits, retracted, waits } = message
      const isModerator = latest.current.conversation.room?.role === 'moderator'
      const entries: (MenuEntry | null)[] = [
        isReadable(message)
          ? {
              id: 'reply',
              label: t('message.reply'),
              icon: Reply,
              command: 'chatReply',
              run: () => deeds.reply(message),
            }
          : null,
        canEdit(message)
          ? {
              id: 'edit',
              label: t('message.edit'),
              icon: Pencil,
              command: 'chatEdit',
              run: () => deeds.edit(message),
            }
          : null,
        isReadable(message) && message.text !== ''
          ? {
              id: 'copy',
              label: t('message.copy'),
              icon: Copy,
              run: () => void navigator.clipboard.writeText(message.text).catch(() => undefined),
            }
          : null,
        edits > 0
          ? { id: 'earlier', label: t('message.earlier'), icon: History, run: () => deeds.earlier(message) }
          : null,
        waits === 'undo'
          ? { id: 'undo', label: t('common:undo'), icon: Undo2, run: () => void deeds.unsend(message) }
          : null,
        state === 'failed'
          ? { id: 'retry', label: t('message.retry'), icon: RotateCcw, run: () => deeds.retry(message) }
          : null,
        state === 'failed' || state === 'queued'
          ? {
              id: 'discard',
              label: t('message.discard'),
              icon: X,
              isDanger: true,
              run: () => deeds.discard(message),
            }
          : null,
        retracted === null && author.isOwn && state !== 'failed' && state !== 'queued'
          ? {
              id: 'retract',
              label: t('message.retract'),
              icon: Trash2,
              isDanger: true,
              run: () => now().onAsk('retract', message),
            }
          : null,
        retracted === null && !author.isOwn && isModerator
          ? {
              id: 'moderate',
              label: t('message.moderate'),
              icon: Trash2,
              isDanger: true,
              run: () => now().onAsk('retract', message),
            }
          : null,
      ]
      return entries.filter(entry => entry !== null)
    }
    return { ...deeds, unsend: message => void deeds.unsend(message), entriesFor }
  }, [host, t])
}
