import './meetings.css'
import { type ComponentProps, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  isFixedMeeting,
  meetingLink,
  meetingRoomBytes,
  placeName,
} from '../../../shared/features/meetings/places'
import { useLiveQuery } from '../../state/live/use-live-query'
import { openSettings } from '../../state/ui-store'
import { Button } from '../../ui/actions/button'
import { Select } from '../../ui/fields/select'
import type { Feature } from '../../ui/layout/feature'
import { Dialog } from '../../ui/overlays/dialog'

/** Makes the link of a meeting at a provider that is set up, and gives it to who asked. Nothing is dialled, and nothing opens. */
export function MeetDialog({ into, onLink, onClose }: ComponentProps<NonNullable<Feature['MeetDialog']>>) {
  const { t } = useTranslation(['meetings', 'common'])
  const { data: settings } = useLiveQuery('settings.get', {})
  const [at, setAt] = useState('0')
  const [isBusy, setBusy] = useState(false)
  const [random] = useState(() => crypto.getRandomValues(new Uint8Array(meetingRoomBytes)))
  if (settings === undefined) return null
  const places = settings.meetingPlaces
  const place = places[Number(at)]
  const link = place === undefined ? null : meetingLink(place, random)
  const put = async () => {
    if (link === null) return
    setBusy(true)
    const isWritten = await onLink(link)
    setBusy(false)
    if (isWritten) onClose()
  }
  return (
    <Dialog
      title={t('meetings:title')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          {place === undefined ? (
            <Button
              variant="primary"
              onPress={() => {
                onClose()
                openSettings('meetings')
              }}
            >
              {t('meetings:setUp')}
            </Button>
          ) : (
            <Button variant="primary" isDisabled={link === null || isBusy} onPress={() => void put()}>
              {t(`meetings:put.${into}`)}
            </Button>
          )}
        </>
      }
    >
      {place === undefined ? (
        <p>{t('meetings:page.none')}</p>
      ) : (
        <div className="meet-form">
          <p>
            {t(`meetings:into.${into}`)} {t('meetings:nothingOpens')}
          </p>
          {places.length > 1 ? (
            <Select
              label={t('meetings:provider')}
              options={places.map((each, index) => ({
                id: String(index),
                label: `${t(`meetings:providers.${each.kind}`)} · ${placeName(each)}`,
              }))}
              value={at}
              onChange={setAt}
            />
          ) : null}
          <p className="selectable meet-link" dir="ltr">
            {link ?? t('meetings:bad')}
          </p>
          <p className="ui-description">
            {t(`meetings:adviceOf.${place.kind}`)} {isFixedMeeting(place) ? t('meetings:fixedAdvice') : null}
          </p>
        </div>
      )}
    </Dialog>
  )
}
