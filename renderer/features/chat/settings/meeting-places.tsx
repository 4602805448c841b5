import { Plus, Trash2 } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type MeetingPlace,
  meetingKinds,
  meetingLink,
  meetingRoomBytes,
} from '../../../../shared/features/chat/meetings'
import { useSettings } from '../../../state/use-settings'
import { Button } from '../../../ui/actions/button'
import { IconButton } from '../../../ui/actions/icon-button'
import { Select } from '../../../ui/fields/select'
import { TextField } from '../../../ui/fields/text-field'
import { ListRow } from '../../../ui/layout/list-row'

/** Any bytes show whether an address can become a link. */
const sample = new Uint8Array(meetingRoomBytes)

/** Where meetings can take place; the first one is the usual. */
export function MeetingPlaces() {
  const { t } = useTranslation('chat')
  const { settings, set } = useSettings()
  const [kind, setKind] = useState<MeetingPlace['kind']>('jitsi')
  const [address, setAddress] = useState('')
  const [isTold, setTold] = useState(false)
  if (settings === undefined) return null
  const places = settings.meetingPlaces
  const add = (event: FormEvent) => {
    event.preventDefault()
    const place = { kind, address: address.trim() }
    if (meetingLink(place, sample) === null) return setTold(true)
    set({ meetingPlaces: [...places, place].slice(0, 10) })
    setAddress('')
  }
  return (
    <section aria-label={t('page.meetings')} className="chat-form">
      <h2>{t('page.meetings')}</h2>
      {places.length === 0 ? <p className="ui-description">{t('meet.noProvider')}</p> : null}
      <ul>
        {places.map((place, at) => (
          <ListRow
            // biome-ignore lint/suspicious/noArrayIndexKey: the same place may stand there twice.
            key={at}
            title={t(`meet.providers.${place.kind}`)}
            detail={<bdi>{place.address}</bdi>}
            actions={
              <IconButton
                label={`${t('remove.confirm')}: ${place.address}`}
                icon={Trash2}
                onPress={() => set({ meetingPlaces: places.filter(each => each !== place) })}
              />
            }
          />
        ))}
      </ul>
      <form className="chat-form" onSubmit={add}>
        <Select
          label={t('meet.provider')}
          options={meetingKinds.map(id => ({ id, label: t(`meet.providers.${id}`) }))}
          value={kind}
          onChange={setKind}
        />
        <TextField
          label={t(kind === 'jitsi' ? 'meet.host' : 'meet.template')}
          description={t(kind === 'jitsi' ? 'meet.hostText' : 'meet.templateText')}
          spellCheck="false"
          maxLength={500}
          value={address}
          onChange={text => {
            setAddress(text)
            setTold(false)
          }}
          error={isTold ? t('meet.bad') : null}
        />
        <div>
          <Button type="submit" icon={Plus} isDisabled={address.trim() === '' || places.length >= 10}>
            {t('meet.add')}
          </Button>
        </div>
      </form>
    </section>
  )
}
