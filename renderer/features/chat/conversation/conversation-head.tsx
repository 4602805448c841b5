import {
  ArrowLeft,
  Ban,
  Bell,
  BellOff,
  Contact,
  Ellipsis,
  Hash,
  Info,
  KeyRound,
  LogOut,
  Mail,
  PenLine,
  Pin,
  PinOff,
  Search,
  ShieldCheck,
  Trash2,
  UserPlus,
  Users,
  Video,
} from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Conversation } from '../../../../shared/features/chat/model'
import { useHost } from '../../../host/host-context'
import { composeToPeople } from '../../../state/drafts/compose-to-people'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { runCommand } from '../../../state/run-command'
import { Icon } from '../../../ui/actions/icon'
import { IconButton } from '../../../ui/actions/icon-button'
import { Menu, type MenuEntry } from '../../../ui/actions/menu'
import { useLookUp, useShowThing } from '../../../ui/layout/feature'
import { ConfirmDialog } from '../../../ui/overlays/confirm-dialog'
import { openDialog, showConversation } from '../state'
import { tameText } from '../text/tame'
import { useChatWords } from '../use-chat-words'

/** Who a conversation is with, and what can be done with it. */
export function ConversationHead({
  conversation,
  onFind,
}: Readonly<{ conversation: Conversation; onFind: () => void }>) {
  const { t } = useTranslation(['chat', 'common'])
  const host = useHost()
  const words = useChatWords()
  const lookUp = useLookUp()
  const show = useShowThing()
  const [asking, setAsking] = useState<'leave' | 'remove' | null>(null)
  const { id, kind, address, presence, room, isPinned, isMuted, isBlocked } = conversation
  const isRoom = kind === 'room'
  const cards = useLiveQuery('contacts.find', isRoom ? null : { text: address.slice(0, 500) }).data
  const card = cards?.find(({ emails }) => emails.some(each => each.toLowerCase() === address))
  const name = words.nameOf(conversation)
  const mark = (change: { isPinned?: boolean; isMuted?: boolean }) =>
    void runCommand(host, 'chat.mark', { conversationId: id, ...change })
  const leave = () => void runCommand(host, 'chat.leave', { conversationId: id })
  const remove = async () => {
    if ((await runCommand(host, 'chat.remove', { conversationId: id })) !== null) showConversation(null)
  }
  const under = isRoom
    ? [
        room === null
          ? ''
          : room.state === 'joined'
            ? t('head.occupants', { count: room.occupants })
            : t(`rooms.state.${room.state}`),
        tameText(room?.subject ?? '').replaceAll(/\s+/g, ' '),
      ]
    : [name === address ? '' : address, presence === 'unknown' ? '' : t(`presence.${presence}`)]
  const entries: readonly MenuEntry[] = [
    { id: 'details', label: t('head.details'), icon: Info, run: () => openDialog({ kind: 'details', id }) },
    {
      id: 'devices',
      label: t('head.devices'),
      icon: KeyRound,
      command: 'chatDevices',
      run: () => openDialog({ kind: 'devices', id }),
    },
    { id: 'find', label: t('head.find'), icon: Search, command: 'chatFind', run: onFind },
    { id: 'meet', label: t('head.meet'), icon: Video, run: () => openDialog({ kind: 'meet', id }) },
    'line',
    ...(isRoom
      ? ([
          {
            id: 'members',
            label: t('head.members'),
            icon: Users,
            run: () => openDialog({ kind: 'members', id }),
          },
          {
            id: 'invite',
            label: t('head.invite'),
            icon: UserPlus,
            run: () => openDialog({ kind: 'invite', id }),
          },
        ] as const)
      : ([
          ...(card === undefined
            ? []
            : ([
                {
                  id: 'contact',
                  label: t('head.contact'),
                  icon: Contact,
                  run: () => show({ kind: 'contact', id: card.id }),
                },
              ] as const)),
          { id: 'mail', label: t('head.mail'), icon: Mail, run: () => lookUp(address) },
          {
            id: 'mailTo',
            label: t('head.mailTo'),
            icon: PenLine,
            run: () => void composeToPeople(host, [{ name: conversation.name, address }]),
          },
        ] as const)),
    'line',
    {
      id: 'pin',
      label: t(isPinned ? 'head.unpin' : 'head.pin'),
      icon: isPinned ? PinOff : Pin,
      run: () => mark({ isPinned: !isPinned }),
    },
    {
      id: 'mute',
      label: t(isMuted ? 'head.unmute' : 'head.mute'),
      icon: isMuted ? Bell : BellOff,
      run: () => mark({ isMuted: !isMuted }),
    },
    ...(isRoom && room?.state === 'joined'
      ? ([{ id: 'leave', label: t('head.leave'), icon: LogOut, run: () => setAsking('leave') }] as const)
      : []),
    { id: 'remove', label: t('head.remove'), icon: Trash2, isDanger: true, run: () => setAsking('remove') },
  ]
  return (
    <header className="chat-head">
      <IconButton
        label={t('back')}
        icon={ArrowLeft}
        className="chat-back"
        onPress={() => showConversation(null)}
      />
      <div className="chat-head-words">
        <h2 className="chat-head-name clip">
          {isRoom ? <Icon of={Hash} size={16} /> : null}
          <bdi>{name}</bdi>
          {conversation.trust === 'verified' && conversation.mode === 'encrypted' ? (
            <span className="chat-head-verified" title={t('mode.verified')}>
              <Icon of={ShieldCheck} size={15} />
              <span className="spoken">{t('mode.verified')}</span>
            </span>
          ) : null}
          {isBlocked ? (
            <span className="chat-head-blocked">
              <Icon of={Ban} size={14} /> {t('sign.blocked')}
            </span>
          ) : null}
        </h2>
        <p className="chat-head-under clip">
          {under
            .filter(each => each !== '')
            .map((each, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: each of the two has its place.
              <bdi key={at}>{each}</bdi>
            ))}
        </p>
      </div>
      <IconButton label={t('head.meet')} icon={Video} onPress={() => openDialog({ kind: 'meet', id })} />
      <IconButton label={t('head.find')} icon={Search} command="chatFind" onPress={onFind} />
      <Menu label={t('head.more')} entries={entries}>
        <IconButton label={t('head.more')} icon={Ellipsis} />
      </Menu>
      <ConfirmDialog
        title={t('leave.title', { name })}
        confirm={t('leave.confirm')}
        isOpen={asking === 'leave'}
        onConfirm={leave}
        onClose={() => setAsking(null)}
      >
        <p>{t('leave.text')}</p>
      </ConfirmDialog>
      <ConfirmDialog
        title={t('remove.title')}
        confirm={t('remove.confirm')}
        isOpen={asking === 'remove'}
        onConfirm={() => void remove()}
        onClose={() => setAsking(null)}
      >
        <p>{t(isRoom ? 'remove.room' : 'remove.text')}</p>
      </ConfirmDialog>
    </header>
  )
}
