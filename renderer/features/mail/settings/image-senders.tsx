import './image-senders.css'
import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useHost } from '../../../host/host-context'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { runCommand } from '../../../state/run-command'
import { IconButton } from '../../../ui/actions/icon-button'

/** Senders whose remote images are always loaded, each with a way off the list. */
export function ImageSenders() {
  const { t } = useTranslation('settings')
  const host = useHost()
  const senders = useLiveQuery('remoteContent.list', {}).data
  if (senders === undefined) return null
  return (
    <section className="settings-group" aria-labelledby="image-senders">
      <h2 id="image-senders" className="settings-group-title">
        {t('reading.images')}
      </h2>
      <p className="ui-description">{t('reading.imagesText')}</p>
      {senders.length === 0 ? (
        <p className="ui-description">{t('reading.imagesNone')}</p>
      ) : (
        <ul className="image-senders">
          {senders.map(({ address }) => (
            <li key={address} className="image-sender">
              <span className="selectable">{address}</span>
              <IconButton
                icon={X}
                label={t('reading.imagesForget', { address })}
                onPress={() => void runCommand(host, 'remoteContent.forget', { address })}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
