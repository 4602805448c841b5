import './rooms.css'
import { Ellipsis, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatOccupant, Conversation } from '../../../../shared/features/chat/model'
import { useHost } from '../../../host/host-context'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { runCommand } from '../../../state/run-command'
import { Button } from '../../../ui/actions/button'
import { IconButton } from '../../../ui/actions/icon-button'
import { Menu, type MenuEntry } from '../../../ui/actions/menu'
import { TextField } from '../../../ui/fields/text-field'
import { ListRow } from '../../../ui/layout/list-row'
import { ConfirmDialog } from '../../../ui/overlays/confirm-dialog'
import { Dialog } from '../../../ui/overlays/dialog'
import { openWith } from '../open-with'
import { openDialog } from '../state'
import { tameName } from '../text/tame'
import { useChatWords } from '../use-chat-words'
import { type ModerationAct, possibleActs } from './possible-acts'

type Asked = Readonly<{ act: ModerationAct; occupant: ChatOccupant }>

/** Who is in a room and who belongs to it; what a moderator can do says its effect before it is done. */
export function MembersDialog({
  conversation,
  onClose,
}: Readonly<{ conversation: Conversation; onClose: () => void }>) {
  const { t } = useTranslation('chat')
  const host = useHost()
  const words = useChatWords()
  const { data } = useLiveQuery('chat.occupants', { conversationId: conversation.id })
  const [asked, setAsked] = useState<Asked | null>(null)
  const [reason, setReason] = useState('')
  const { room } = conversation
  const occupants = data?.occupants ?? []
  const nameOf = ({ nick, address }: ChatOccupant) => tameName(nick) || address
  const chat = async (address: string) => {
    if (await openWith(host, conversation.accountId, address)) onClose()
  }
  const entriesFor = (occupant: ChatOccupant): readonly MenuEntry[] => [
    ...(occupant.address === ''
      ? []
      : [{ id: 'chat', label: t('rooms.act.message'), run: () => void chat(occupant.address) }]),
    ...(room === null ? [] : possibleActs(room, occupant)).map(
      (act): MenuEntry => ({
        id: act,
        label: t(`rooms.act.${act}`),
        isDanger: act === 'kick' || act === 'ban' || act === 'none',
        run: () => {
          setReason('')
          setAsked({ act, occupant })
        },
      }),
    ),
  ]
  const confirm = ({ act, occupant }: Asked) =>
    void runCommand(host, 'chat.moderate', {
      conversationId: conversation.id,
      who: act === 'kick' ? occupant.nick : occupant.address,
      act,
      reason: reason.trim(),
    })
  const group = (title: string, listed: readonly ChatOccupant[]) =>
    listed.length === 0 ? null : (
      <section aria-label={title}>
        <h3>{title}</h3>
        <ul>
          {listed.map(occupant => {
            const entries = entriesFor(occupant)
            const name = nameOf(occupant)
            return (
              <ListRow
                key={`${occupant.nick} ${occupant.address}`}
                title={
                  <>
                    <bdi>{name}</bdi>
                    {occupant.isOwn ? ` (${t('you')})` : ''}
                  </>
                }
                detail={[
                  occupant.address === name ? '' : occupant.address,
                  t(`rooms.affiliation.${occupant.affiliation}`),
                  occupant.isHere ? t(`rooms.role.${occupant.role}`) : '',
                ]
                  .filter(each => each !== '')
                  .join(' · ')}
                actions={
                  occupant.isOwn || entries.length === 0 ? undefined : (
                    <Menu label={t('rooms.moderate', { name })} entries={entries}>
                      <IconButton label={t('rooms.moderate', { name })} icon={Ellipsis} />
                    </Menu>
                  )
                }
              />
            )
          })}
        </ul>
      </section>
    )
  return (
    <Dialog
      title={t('rooms.members', { name: words.nameOf(conversation) })}
      isOpen
      onClose={onClose}
      size="medium"
      actions={
        <Button icon={UserPlus} onPress={() => openDialog({ kind: 'invite', id: conversation.id })}>
          {t('head.invite')}
        </Button>
      }
    >
      <div className="chat-form">
        {data !== undefined && occupants.length === 0 ? <p>{t('rooms.noMembers')}</p> : null}
        {group(
          t('rooms.here'),
          occupants.filter(({ isHere }) => isHere),
        )}
        {group(
          t('rooms.away'),
          occupants.filter(({ isHere }) => !isHere),
        )}
      </div>
      <ConfirmDialog
        title={asked === null ? '' : t('rooms.moderate', { name: nameOf(asked.occupant) })}
        confirm={t('rooms.confirm')}
        isOpen={asked !== null}
        onConfirm={() => (asked === null ? undefined : confirm(asked))}
        onClose={() => setAsked(null)}
      >
        {asked === null ? null : (
          <div className="chat-form">
            <p>{t(`rooms.effect.${asked.act}`, { name: nameOf(asked.occupant) })}</p>
            <TextField label={t('rooms.reason')} maxLength={1000} value={reason} onChange={setReason} />
          </div>
        )}
      </ConfirmDialog>
    </Dialog>
  )
}
