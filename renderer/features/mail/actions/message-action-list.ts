import type { TFunction } from 'i18next'
import {
  Archive,
  Ban,
  CalendarPlus,
  Code,
  FolderInput,
  Forward,
  ListTodo,
  Mail,
  MailOpen,
  Reply,
  ReplyAll,
  Star,
  Trash2,
} from 'lucide-react'
import type { MailboxRole, MessageSummary } from '../../../../shared/features/mail/model'
import type { CommandId } from '../../../../shared/ipc/commands'
import type { MessageId } from '../../../../shared/kit/ids'
import type { IconShape } from '../../../ui/actions/icon'
import type { MessageActionSet } from './message-action-set'

/** What an action is offered for: how many messages, the one that is shown of them, and the part of its mailbox. */
export type ActionTarget = Readonly<{ count: number; row: MessageSummary | undefined; role: MailboxRole }>

/** One thing that can be done to messages. Toolbar, menus and keys read it from here; its keys stand in `state/keys/commands`. */
export type MessageAction = Readonly<{
  command: CommandId
  icon: IconShape
  label: (t: TFunction<'mail'>, target: ActionTarget) => string
  /** Whether it can be done to these messages. */
  when: (target: ActionTarget) => boolean
  /** Drawn filled: what it stands for is so. */
  isOn?: (target: ActionTarget) => boolean
  isDanger?: true
  /** `ids` left out: the chosen messages. */
  run: (actions: MessageActionSet, ids?: readonly MessageId[]) => void
}>

const isOne = ({ count }: ActionTarget) => count === 1
const isAny = ({ count }: ActionTarget) => count > 0
/** Without a Message-ID nothing leads back to it. */
const hasName = ({ count, row }: ActionTarget) => count === 1 && (row?.messageIdHeader ?? '') !== ''
const isSeen = ({ row }: ActionTarget) => row?.flags.includes('seen') ?? true
const isFlagged = ({ row }: ActionTarget) => row?.flags.includes('flagged') ?? false

export const messageActions = {
  reply: {
    command: 'reply',
    icon: Reply,
    label: t => t('reader.reply'),
    when: isOne,
    run: actions => actions.reply('reply'),
  },
  replyAll: {
    command: 'replyAll',
    icon: ReplyAll,
    label: t => t('reader.replyAll'),
    when: isOne,
    run: actions => actions.reply('reply-all'),
  },
  forward: {
    command: 'forward',
    icon: Forward,
    label: t => t('reader.forward'),
    when: isOne,
    run: actions => actions.reply('forward'),
  },
  archive: {
    command: 'archive',
    icon: Archive,
    label: t => t('reader.archive'),
    when: isAny,
    run: (actions, ids) => actions.archive(ids),
  },
  delete: {
    command: 'delete',
    icon: Trash2,
    label: (t, { role }) => (role === 'trash' ? t('reader.deleteForGood') : t('reader.delete')),
    when: isAny,
    isDanger: true,
    run: (actions, ids) => actions.remove(ids),
  },
  junk: {
    command: 'junk',
    icon: Ban,
    label: (t, { role }) => (role === 'junk' ? t('reader.notJunk') : t('reader.junk')),
    when: isAny,
    run: (actions, ids) => actions.toggleJunk(ids),
  },
  move: {
    command: 'move',
    icon: FolderInput,
    label: t => t('reader.move'),
    when: isAny,
    run: (actions, ids) => actions.move(ids),
  },
  toTodo: {
    command: 'toTodo',
    icon: ListTodo,
    label: t => t('reader.toTodo'),
    when: hasName,
    run: (actions, ids) => actions.plan('todo', ids),
  },
  toEvent: {
    command: 'toEvent',
    icon: CalendarPlus,
    label: t => t('reader.toEvent'),
    when: hasName,
    run: (actions, ids) => actions.plan('event', ids),
  },
  flag: {
    command: 'flag',
    icon: Star,
    label: (t, target) => (isFlagged(target) ? t('reader.unflag') : t('reader.flag')),
    when: isAny,
    isOn: isFlagged,
    run: (actions, ids) => actions.toggleFlag(ids),
  },
  markUnread: {
    command: 'markUnread',
    icon: Mail,
    label: t => t('reader.markUnread'),
    when: isAny,
    run: (actions, ids) => actions.markSeen(false, ids),
  },
  markRead: {
    command: 'markRead',
    icon: MailOpen,
    label: t => t('reader.markRead'),
    when: isAny,
    run: (actions, ids) => actions.markSeen(true, ids),
  },
  source: {
    command: 'source',
    icon: Code,
    label: t => t('reader.source'),
    when: isOne,
    run: (actions, ids) => actions.showSource(ids),
  },
} as const satisfies Record<string, MessageAction>

export const allMessageActions: readonly MessageAction[] = Object.values(messageActions)

/** Of the two, the one that changes something for this message. */
export const seenAction = (target: ActionTarget): MessageAction =>
  isSeen(target) ? messageActions.markUnread : messageActions.markRead
