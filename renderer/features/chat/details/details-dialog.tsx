import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Conversation } from '../../../../shared/features/chat/model'
import { useHost } from '../../../host/host-context'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { runCommand } from '../../../state/run-command'
import { showToast } from '../../../state/toasts'
import { openSettings } from '../../../state/ui-store'
import { Button } from '../../../ui/actions/button'
import { Switch } from '../../../ui/actions/switch'
import { RadioGroup } from '../../../ui/fields/radio-group'
import { ConfirmDialog } from '../../../ui/overlays/confirm-dialog'
import { Dialog } from '../../../ui/overlays/dialog'
import { tameName, tameText } from '../text/tame'
import { useChatWords } from '../use-chat-words'

const reports = ['none', 'spam', 'abuse'] as const
type Report = (typeof reports)[number]

/** What is known of a person or a room, and what holds for this conversation alone. */
export function DetailsDialog({
  conversation,
  onClose,
}: Readonly<{ conversation: Conversation; onClose: () => void }>) {
  const { t } = useTranslation('chat')
  const host = useHost()
  const words = useChatWords()
  const [isBlocking, setBlocking] = useState(false)
  const [report, setReport] = useState<Report>('none')
  const { id, accountId, address, isPinned, isMuted, isBlocked, kind, room } = conversation
  const account = useLiveQuery('chat.accounts', {}).data?.accounts.find(each => each.accountId === accountId)
  const name = words.nameOf(conversation)
  const block = (blocked: boolean) =>
    void runCommand(host, 'chat.block', {
      accountId,
      address,
      isBlocked: blocked,
      report: blocked && report !== 'none' ? report : null,
    })
  const save = async (isEncrypted: boolean) => {
    const done = await runCommand(host, 'files.exportChat', { conversationId: id, isEncrypted })
    if (done !== null && done.exported > 0)
      showToast({ kind: 'notice', text: t('details.exported', { count: done.exported }), action: null })
  }
  return (
    <Dialog title={name} isOpen onClose={onClose} size="medium">
      <div className="chat-form">
        <dl className="chat-facts">
          <Fact label={t('details.address')}>{address}</Fact>
          <Fact label={t('details.account')}>{account?.address ?? ''}</Fact>
          {room === null ? null : (
            <>
              <Fact label={t('details.subject')}>{tameText(room.subject)}</Fact>
              <Fact label={t('details.nick')}>{tameName(room.nick)}</Fact>
            </>
          )}
        </dl>
        {room === null ? null : (
          <p>
            {t(room.isMembersOnly ? 'details.membersOnly' : 'details.open')}.{' '}
            {t(room.showsAddresses ? 'details.addresses' : 'details.noAddresses')}
          </p>
        )}
        <Switch
          label={t('details.pinned')}
          isSelected={isPinned}
          onChange={next => void runCommand(host, 'chat.mark', { conversationId: id, isPinned: next })}
        />
        <Switch
          label={t('details.muted')}
          description={t('details.mutedText')}
          isSelected={isMuted}
          onChange={next => void runCommand(host, 'chat.mark', { conversationId: id, isMuted: next })}
        />
        <div className="chat-export">
          <Button onPress={() => void save(false)}>{t('details.export')}</Button>
          <Button onPress={() => void save(true)}>{t('details.exportEncrypted')}</Button>
          <p className="ui-description">{t('details.exportText')}</p>
        </div>
        {kind === 'room' ? null : (
          <div className="chat-details-block">
            {isBlocked ? (
              <Button onPress={() => block(false)}>{t('details.unblock')}</Button>
            ) : (
              <Button variant="danger" onPress={() => setBlocking(true)}>
                {t('details.block')}
              </Button>
            )}
          </div>
        )}
        <p className="ui-description">
          {t('details.settings')}{' '}
          <Button
            variant="plain"
            onPress={() => {
              onClose()
              openSettings('chat')
            }}
          >
            {t('details.openSettings')}
          </Button>
        </p>
      </div>
      <ConfirmDialog
        title={t('details.blockTitle', { name })}
        confirm={t('request.block')}
        isOpen={isBlocking}
        onConfirm={() => block(true)}
        onClose={() => setBlocking(false)}
      >
        <div className="chat-form">
          <p>{t('details.blockText')}</p>
          <RadioGroup<Report>
            label={t('details.report')}
            value={report}
            onChange={setReport}
            options={reports.map(each => ({ id: each, label: t(`details.reports.${each}`) }))}
          />
        </div>
      </ConfirmDialog>
    </Dialog>
  )
}

function Fact({ label, children }: Readonly<{ label: string; children: ReactNode }>) {
  if (children === '') return null
  return (
    <>
      <dt>{label}</dt>
      <dd className="selectable">
        <bdi>{children}</bdi>
      </dd>
    </>
  )
}
