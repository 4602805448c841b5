import { UserMinus, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CalendarSummary } from '../../../../shared/features/calendar/model'
import type { CollectionProtection } from '../../../../shared/features/collection-encryption/model'
import type { Fingerprint } from '../../../../shared/features/keys/model'
import { useHost } from '../../../host/host-context'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { runCommand } from '../../../state/run-command'
import { Button } from '../../../ui/actions/button'
import { IconButton } from '../../../ui/actions/icon-button'
import { Menu } from '../../../ui/actions/menu'
import { Switch } from '../../../ui/actions/switch'
import { Banner } from '../../../ui/feedback/banner'
import { Dialog } from '../../../ui/overlays/dialog'
import { calendarName } from './name-of'

/** How a calendar of an account is kept on its server, and who reads it. */
export function EncryptionDialog({
  calendar,
  onClose,
}: Readonly<{ calendar: CalendarSummary; onClose: () => void }>) {
  const { t } = useTranslation(['calendar', 'common'])
  const place = { kind: 'calendar', collectionId: calendar.id } as const
  const { data } = useLiveQuery('collections.protection', place)
  return (
    <Dialog
      title={t('calendar:encryption.title', { name: calendarName(calendar, t) })}
      isOpen
      onClose={onClose}
      size="medium"
      actions={
        <Button variant="primary" onPress={onClose}>
          {t('common:close')}
        </Button>
      }
    >
      {data === undefined ? null : <Protection place={place} told={data} />}
    </Dialog>
  )
}

type Place = Readonly<{ kind: 'calendar'; collectionId: number }>

function Protection({ place, told }: Readonly<{ place: Place; told: CollectionProtection }>) {
  const { t } = useTranslation('calendar')
  const host = useHost()
  const [isWorking, setWorking] = useState(false)
  const { state, showsBusy, left, staysClear, refused, madeBy } = told
  const isOn = state === 'encrypted' || state === 'encrypting'
  const during = async (work: () => Promise<unknown>): Promise<void> => {
    setWorking(true)
    await work()
    setWorking(false)
  }
  const encrypt = (busy: boolean, join = false) =>
    during(() => runCommand(host, 'collections.encrypt', { ...place, showsBusy: busy, join }))
  const decrypt = () => during(() => runCommand(host, 'collections.decrypt', place))
  if (state === 'joinable')
    return (
      <>
        <Banner
          tone="warning"
          title={t('encryption.joinable')}
          actions={
            <Button
              variant="primary"
              isDisabled={isWorking || madeBy === null}
              onPress={() => void encrypt(showsBusy, true)}
            >
              {t('encryption.join')}
            </Button>
          }
        >
          {madeBy === null ? t('encryption.madeByNobody') : t('encryption.joinText')}
        </Banner>
        <Members told={told} />
      </>
    )
  return (
    <>
      <Switch
        label={t('encryption.switch')}
        description={t('encryption.switchText')}
        isSelected={isOn}
        isDisabled={isWorking}
        onChange={on => void (on ? encrypt(false) : decrypt())}
      />
      {isOn ? (
        <Switch
          label={t('encryption.busy')}
          description={t('encryption.busyText')}
          isSelected={showsBusy}
          isDisabled={isWorking}
          onChange={busy => void encrypt(busy)}
        />
      ) : null}
      {left > 0 ? <p role="status">{t('encryption.left', { count: left })}</p> : null}
      {refused.length > 0 ? (
        <Banner
          tone="danger"
          title={t('encryption.refused', { count: refused.length })}
          actions={
            <Button isDisabled={isWorking} onPress={() => void encrypt(showsBusy)}>
              {t('encryption.putRight')}
            </Button>
          }
        >
          <ul>
            {[...new Set(refused.map(each => each.refusal))].map(refusal => (
              <li key={refusal}>{t(`encryption.refusals.${refusal}`)}</li>
            ))}
          </ul>
        </Banner>
      ) : null}
      {staysClear.length > 0 ? (
        <details>
          <summary>{t('encryption.staysClear', { count: staysClear.length })}</summary>
          <p className="ui-description">{t('encryption.staysClearText')}</p>
          <ul>
            {staysClear.map(({ id, title }) => (
              <li key={id} dir="auto">
                {title || t('untitled')}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {isOn ? (
        <Members
          told={told}
          change={change =>
            during(() => runCommand(host, 'collections.changeMembers', { ...place, ...change }))
          }
        />
      ) : null}
    </>
  )
}

type Change = Readonly<{ add: Fingerprint[]; remove: Fingerprint[] }>

/** Who reads it; without `change` only shown. */
function Members({
  told: { members },
  change,
}: Readonly<{ told: CollectionProtection; change?: (change: Change) => Promise<void> }>) {
  const { t } = useTranslation('calendar')
  const { data } = useLiveQuery('keys.contacts', change ? { address: null } : null)
  const others = (data?.keys ?? []).filter(
    ({ trust, facts, rejected }) =>
      trust === 'verified' &&
      !rejected &&
      facts.canEncrypt &&
      !members.some(each => each.fingerprint === facts.fingerprint),
  )
  return (
    <section aria-labelledby="encryption-members">
      <h3 id="encryption-members" className="ui-label">
        {t('encryption.members')}
      </h3>
      <ul className="encryption-members">
        {members.map(({ fingerprint, address, isOwn }) => (
          <li key={fingerprint}>
            <span className="clip" dir="auto">
              {address || fingerprint.slice(-16).toUpperCase()}
              {isOwn ? <span className="ui-description"> {t('encryption.own')}</span> : null}
            </span>
            {change && !isOwn ? (
              <IconButton
                label={t('encryption.takeOut', { who: address || fingerprint.slice(-16) })}
                icon={UserMinus}
                onPress={() => void change({ add: [], remove: [fingerprint] })}
              />
            ) : null}
          </li>
        ))}
      </ul>
      {change ? (
        others.length === 0 ? (
          <p className="ui-description">{t('encryption.nobodyElse')}</p>
        ) : (
          <Menu
            label={t('encryption.letIn')}
            entries={others.map(({ address, facts }) => ({
              id: facts.fingerprint,
              label: address,
              icon: UserPlus,
              run: () => void change({ add: [facts.fingerprint], remove: [] }),
            }))}
          >
            <Button>{t('encryption.letIn')}</Button>
          </Menu>
        )
      ) : null}
    </section>
  )
}
