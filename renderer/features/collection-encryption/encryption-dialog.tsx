import './encryption.css'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CollectionProtection } from '../../../shared/features/collection-encryption/model'
import { useHost } from '../../host/host-context'
import { useLiveQuery } from '../../state/live/use-live-query'
import { runCommand } from '../../state/run-command'
import type { NamedCollection } from '../../state/ui-store'
import { Button } from '../../ui/actions/button'
import { Switch } from '../../ui/actions/switch'
import { Banner } from '../../ui/feedback/banner'
import { Dialog } from '../../ui/overlays/dialog'
import { Conversion } from './conversion'
import { Members } from './members'
import { Refused } from './refused'

/** How a collection of an account is kept on its server, and who reads it. */
export function EncryptionDialog({
  collection,
  onClose,
}: Readonly<{ collection: NamedCollection; onClose: () => void }>) {
  const { t } = useTranslation(['collections', 'common'])
  const { kind, collectionId, name } = collection
  const { data } = useLiveQuery('collections.protection', { kind, collectionId })
  return (
    <Dialog
      title={t('collections:title', { name })}
      isOpen
      onClose={onClose}
      size="medium"
      actions={
        <Button variant="primary" onPress={onClose}>
          {t('common:close')}
        </Button>
      }
    >
      <div className="encryption">
        {data === undefined ? null : <Protection place={{ kind, collectionId }} told={data} />}
      </div>
    </Dialog>
  )
}

type Place = Pick<NamedCollection, 'kind' | 'collectionId'>

/** How many objects of a collection its server does not take. */
function useNotTaken({ kind, collectionId }: Place): number {
  const events = useLiveQuery('calendars.waits', kind === 'calendar' ? {} : null).data ?? []
  const contacts = useLiveQuery('contacts.waits', kind === 'contacts' ? {} : null).data ?? []
  const waits = [
    ...events.map(({ calendarId, what }) => ({ id: Number(calendarId), what })),
    ...contacts.map(({ bookId, what }) => ({ id: Number(bookId), what })),
  ]
  return waits.filter(({ id, what }) => id === collectionId && what === 'not-sent').length
}

function Protection({ place, told }: Readonly<{ place: Place; told: CollectionProtection }>) {
  const { t } = useTranslation(['collections', 'common'])
  const { kind } = place
  const host = useHost()
  const [isWorking, setWorking] = useState(false)
  const { state, showsBusy, staysClear, madeBy } = told
  const notTaken = useNotTaken(place)
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
          title={t(`collections:of.${kind}.joinable`)}
          actions={
            <Button
              variant="primary"
              isDisabled={isWorking || madeBy === null}
              onPress={() => void encrypt(showsBusy, true)}
            >
              {t('collections:join')}
            </Button>
          }
        >
          {madeBy === null ? t('collections:madeByNobody') : t(`collections:of.${kind}.joinText`)}
        </Banner>
        <Members told={told} />
      </>
    )
  return (
    <>
      <Switch
        label={t('collections:switch')}
        description={t(`collections:of.${kind}.switchText`)}
        isSelected={isOn}
        isDisabled={isWorking}
        onChange={on => void (on ? encrypt(showsBusy) : decrypt())}
      />
      {isOn && kind === 'calendar' ? (
        <Switch
          label={t('collections:busy')}
          description={t('collections:busyText')}
          isSelected={showsBusy}
          isDisabled={isWorking}
          onChange={busy => void encrypt(busy)}
        />
      ) : null}
      {state === 'encrypting' || state === 'decrypting' ? (
        <Conversion
          kind={kind}
          state={state}
          left={told.left}
          notTaken={notTaken}
          isDisabled={isWorking}
          onTurnBack={() => void (state === 'encrypting' ? decrypt() : encrypt(showsBusy))}
        />
      ) : null}
      <Refused
        kind={kind}
        refused={told.refused}
        isDisabled={isWorking}
        onPutRight={() => void encrypt(showsBusy)}
      />
      {staysClear.length > 0 ? (
        <details>
          <summary>{t('collections:staysClear', { count: staysClear.length })}</summary>
          <p className="ui-description">{t('collections:staysClearText')}</p>
          <ul>
            {staysClear.map(({ id, title }) => (
              <li key={id} dir="auto">
                {title || t('collections:untitled')}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {isOn ? (
        <Members
          told={told}
          isDisabled={isWorking}
          change={change =>
            during(() => runCommand(host, 'collections.changeMembers', { ...place, ...change }))
          }
        />
      ) : null}
    </>
  )
}
