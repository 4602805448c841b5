import './meetings.css'
import { ArrowUpToLine, Plus, Trash2 } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type MeetingPlace,
  meetingHostTyped,
  meetingKinds,
  meetingLink,
  meetingPlaceLimit,
  meetingRoomBytes,
  placeName,
} from '../../../shared/features/meetings/places'
import { useSettings } from '../../state/use-settings'
import { Button } from '../../ui/actions/button'
import { IconButton } from '../../ui/actions/icon-button'
import { Select } from '../../ui/fields/select'
import { TextField } from '../../ui/fields/text-field'
import { ListRow } from '../../ui/layout/list-row'
import { SettingsPage } from '../../ui/layout/settings-page'

/** Any bytes show whether an address can become a link. */
const sample = new Uint8Array(meetingRoomBytes)

/** What is asked for by each kind: an instance, a room that was made there, or an address with a place for one. */
const asked = { jitsi: 'host', opentalk: 'room', bbb: 'room', own: 'template' } as const

/** Where meetings can take place; the first one is the usual. */
export function MeetingsPage() {
  const { t } = useTranslation('meetings')
  const { settings, set } = useSettings()
  if (settings === undefined) return null
  const places = settings.meetingPlaces
  const put = (meetingPlaces: readonly MeetingPlace[]) => set({ meetingPlaces: [...meetingPlaces] })
  return (
    <SettingsPage title={t('settings')} text={t('page.text')}>
      <section aria-label={t('page.list')}>
        <h2>{t('page.list')}</h2>
        {places.length === 0 ? <p className="ui-description">{t('page.none')}</p> : null}
        <ul>
          {places.map((place, at) => (
            <ListRow
              // biome-ignore lint/suspicious/noArrayIndexKey: the same place may stand there twice.
              key={at}
              title={
                <>
                  {t(`providers.${place.kind}`)}
                  {at === 0 && places.length > 1 ? ` (${t('page.usual')})` : null}
                </>
              }
              detail={
                <>
                  <bdi>{place.address}</bdi>
                  {place.hosts.length === 0
                    ? null
                    : ` · ${t('page.further', { hosts: place.hosts.join(', ') })}`}
                </>
              }
              actions={
                <>
                  {at === 0 ? null : (
                    <IconButton
                      label={t('page.first', { name: placeName(place) })}
                      icon={ArrowUpToLine}
                      onPress={() => put([place, ...places.filter(each => each !== place)])}
                    />
                  )}
                  <IconButton
                    label={t('page.remove', { name: placeName(place) })}
                    icon={Trash2}
                    onPress={() => put(places.filter(each => each !== place))}
                  />
                </>
              }
            />
          ))}
        </ul>
      </section>
      <NewPlace
        isFull={places.length >= meetingPlaceLimit}
        onAdd={place => put([...places.filter(({ address }) => address !== place.address), place])}
      />
    </SettingsPage>
  )
}

function NewPlace({ isFull, onAdd }: Readonly<{ isFull: boolean; onAdd: (place: MeetingPlace) => void }>) {
  const { t } = useTranslation('meetings')
  const [kind, setKind] = useState<MeetingPlace['kind']>('jitsi')
  const [address, setAddress] = useState('')
  const [more, setMore] = useState('')
  const [isTold, setTold] = useState(false)
  const typed = more.split(/[\s,]+/).filter(each => each !== '')
  const badHost = typed.find(each => meetingHostTyped(each) === null)
  const add = (event: FormEvent) => {
    event.preventDefault()
    const hosts = typed.flatMap(each => meetingHostTyped(each) ?? []).slice(0, 10)
    const whole = /^[a-z][a-z0-9+.-]*:/i.test(address.trim()) ? address.trim() : `https://${address.trim()}`
    const place = { kind, address: whole, hosts }
    if (badHost !== undefined || meetingLink(place, sample) === null) return setTold(true)
    onAdd(place)
    setAddress('')
    setMore('')
    setTold(false)
  }
  return (
    <section aria-label={t('page.add')}>
      <h2>{t('page.add')}</h2>
      {isFull ? <p className="ui-description">{t('page.full')}</p> : null}
      <form className="meet-form" onSubmit={add}>
        <Select
          label={t('provider')}
          options={meetingKinds.map(id => ({ id, label: t(`providers.${id}`) }))}
          value={kind}
          onChange={setKind}
        />
        <TextField
          label={t(`address.${asked[kind]}`)}
          description={t(`addressText.${asked[kind]}`)}
          spellCheck="false"
          inputMode="url"
          maxLength={490}
          value={address}
          onChange={text => {
            setAddress(text)
            setTold(false)
          }}
          error={isTold && badHost === undefined ? t('bad') : null}
        />
        <TextField
          label={t('more')}
          description={t('moreText')}
          rows={2}
          spellCheck="false"
          maxLength={2000}
          value={more}
          onChange={text => {
            setMore(text)
            setTold(false)
          }}
          error={isTold && badHost !== undefined ? t('badHost', { host: badHost.slice(0, 100) }) : null}
        />
        <div>
          <Button type="submit" icon={Plus} isDisabled={address.trim() === '' || isFull}>
            {t('add')}
          </Button>
        </div>
      </form>
    </section>
  )
}
