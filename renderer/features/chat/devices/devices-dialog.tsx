import './devices.css'
import { KeyRound, MonitorSmartphone, ShieldAlert, ShieldCheck, ShieldQuestion } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatDevice, Conversation } from '../../../../shared/features/chat/model'
import type { AccountId } from '../../../../shared/kit/ids'
import { useHost } from '../../../host/host-context'
import { useFormat } from '../../../i18n/use-format'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { runCommand } from '../../../state/run-command'
import { Button } from '../../../ui/actions/button'
import { Icon } from '../../../ui/actions/icon'
import { IconButton } from '../../../ui/actions/icon-button'
import { Menu, type MenuEntry } from '../../../ui/actions/menu'
import { ConfirmDialog } from '../../../ui/overlays/confirm-dialog'
import { Dialog } from '../../../ui/overlays/dialog'
import { AccountField, type ChatAccounts } from '../account-field'
import { tameName } from '../text/tame'
import { useChatWords } from '../use-chat-words'
import { CompareDialog } from './compare-dialog'
import { Fingerprint } from './fingerprint-view'

/** Devices of somebody and the own ones beside them: their numbers, what is known of each, and what can be decided. */
export function DevicesDialog({
  conversation,
  onClose,
}: Readonly<{ conversation: Conversation; onClose: () => void }>) {
  const { t } = useTranslation('chat')
  const words = useChatWords()
  const name = words.nameOf(conversation)
  const isRoom = conversation.kind === 'room'
  const { data: occupants } = useLiveQuery(
    'chat.occupants',
    isRoom ? { conversationId: conversation.id } : null,
  )
  // Each member once, whether they are here or not: what is written is for all of them.
  const members = [
    ...new Set(
      (occupants?.occupants ?? []).flatMap(each => (each.isOwn || each.address === '' ? [] : [each.address])),
    ),
  ]
  const people = isRoom ? members : [conversation.address]
  return (
    <Dialog title={t('devices.title', { name })} isOpen onClose={onClose} size="large">
      <div className="chat-form">
        <p>{t('devices.text')}</p>
        {people.map(address => (
          <DeviceList
            key={address}
            accountId={conversation.accountId}
            address={address}
            title={isRoom ? address : t('devices.theirs', { name })}
          />
        ))}
        <DeviceList accountId={conversation.accountId} address={null} title={t('devices.own')} />
      </div>
    </Dialog>
  )
}

/** The own devices of each account. */
export function OwnDevicesDialog({
  accounts,
  onClose,
}: Readonly<{ accounts: ChatAccounts; onClose: () => void }>) {
  const { t } = useTranslation('chat')
  const [accountId, setAccountId] = useState(accounts[0].accountId)
  return (
    <Dialog title={t('devices.ownTitle')} isOpen onClose={onClose} size="large">
      <div className="chat-form">
        <AccountField accounts={accounts} value={accountId} onChange={setAccountId} />
        <DeviceList key={accountId} accountId={accountId} address={null} title={t('devices.own')} />
      </div>
    </Dialog>
  )
}

/** This one first, then those in use, then by when they were used last. */
const inOrder = (devices: readonly ChatDevice[]): readonly ChatDevice[] =>
  devices.toSorted(
    (one, other) =>
      Number(other.isThis) - Number(one.isThis) ||
      Number(other.isActive) - Number(one.isActive) ||
      (other.lastSeenMs ?? 0) - (one.lastSeenMs ?? 0) ||
      one.deviceId - other.deviceId,
  )

function DeviceList({
  accountId,
  address,
  title,
}: Readonly<{ accountId: AccountId; address: string | null; title: string }>) {
  const { t } = useTranslation('chat')
  const { data } = useLiveQuery('chat.devices', { accountId, address })
  return (
    <section aria-label={title}>
      <h3 className="chat-devices-title">{title}</h3>
      {data?.devices.length === 0 ? <p className="ui-description">{t('devices.none')}</p> : null}
      <ul className="chat-devices">
        {inOrder(data?.devices ?? []).map(device => (
          <Device key={`${device.deviceId} ${device.fingerprint}`} accountId={accountId} device={device} />
        ))}
      </ul>
    </section>
  )
}

const trustIcons = {
  none: ShieldQuestion,
  undecided: ShieldQuestion,
  unverified: KeyRound,
  verified: ShieldCheck,
  rejected: ShieldAlert,
} as const

function Device({ accountId, device }: Readonly<{ accountId: AccountId; device: ChatDevice }>) {
  const { t } = useTranslation('chat')
  const host = useHost()
  const format = useFormat()
  const [isComparing, setComparing] = useState(false)
  const [asking, setAsking] = useState<'remove' | 'reset' | null>(null)
  const {
    deviceId,
    label,
    fingerprint,
    trust,
    isOwn,
    isThis,
    isActive,
    isNew,
    lastSeenMs,
    firstSeenMs,
    address,
  } = device
  const name = tameName(label) || t('devices.device', { id: deviceId })
  const decide = (decision: 'trust' | 'reject') =>
    void runCommand(host, 'chat.trust', { accountId, address, fingerprint, decision })
  const isKnown = fingerprint !== ''
  const entries: readonly MenuEntry[] = [
    ...(isKnown && trust !== 'unverified' && trust !== 'verified'
      ? [{ id: 'use', label: t('devices.use'), run: () => decide('trust') }]
      : []),
    ...(isKnown && trust !== 'rejected'
      ? [{ id: 'reject', label: t('devices.reject'), isDanger: true, run: () => decide('reject') }]
      : []),
    { id: 'reset', label: t('devices.reset'), run: () => setAsking('reset') },
    ...(isOwn && isActive
      ? [{ id: 'remove', label: t('devices.remove'), isDanger: true, run: () => setAsking('remove') }]
      : []),
  ]
  return (
    <li className="chat-device" data-inactive={!isActive} data-trust={trust}>
      <Icon of={isThis ? MonitorSmartphone : trustIcons[trust]} size={18} />
      <div className="chat-device-words">
        <p className="chat-device-name">
          <bdi>{name}</bdi>
          {isThis ? <span className="chat-badge">{t('devices.this')}</span> : null}
          {isNew && !isThis ? (
            <span className="chat-badge" data-tone="new">
              {t('devices.new')}
            </span>
          ) : null}
          {isActive ? null : <span className="chat-badge">{t('devices.inactive')}</span>}
          {isThis ? null : (
            <span className="chat-badge" data-trust={trust}>
              {t(`devices.trust.${trust}`)}
            </span>
          )}
        </p>
        {isKnown ? (
          <Fingerprint fingerprint={fingerprint} />
        ) : (
          <p className="ui-description">{t('devices.noNumber')}</p>
        )}
        {isThis ? null : (
          <p className="ui-description">
            {t(`devices.trustText.${trust}`)}{' '}
            {lastSeenMs === null
              ? t('devices.neverSeen')
              : t('devices.lastSeen', { when: format.shortDateTime(lastSeenMs) })}
            {', '}
            {t('devices.firstSeen', { when: format.shortDateTime(firstSeenMs) })}
          </p>
        )}
      </div>
      {isThis ? null : (
        <span className="chat-device-actions">
          {isKnown && trust !== 'verified' ? (
            <Button onPress={() => setComparing(true)}>{t('devices.compare')}</Button>
          ) : null}
          <Menu label={t('devices.more')} entries={entries}>
            <IconButton label={`${t('devices.more')}: ${name}`} icon={KeyRound} />
          </Menu>
        </span>
      )}
      {isComparing ? (
        <CompareDialog accountId={accountId} device={device} onClose={() => setComparing(false)} />
      ) : null}
      <ConfirmDialog
        title={t('devices.removeTitle')}
        confirm={t('remove.confirm')}
        isOpen={asking === 'remove'}
        onConfirm={() => void runCommand(host, 'chat.removeDevice', { accountId, deviceId })}
        onClose={() => setAsking(null)}
      >
        <p>{t('devices.removeText')}</p>
      </ConfirmDialog>
      <ConfirmDialog
        title={t('devices.resetTitle')}
        confirm={t('devices.resetConfirm')}
        isDanger={false}
        isOpen={asking === 'reset'}
        onConfirm={() => void runCommand(host, 'chat.resetSession', { accountId, address, deviceId })}
        onClose={() => setAsking(null)}
      >
        <p>{t('devices.resetText')}</p>
      </ConfirmDialog>
    </li>
  )
}
