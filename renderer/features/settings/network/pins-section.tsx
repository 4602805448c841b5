import { useTranslation } from 'react-i18next'
import { useHost } from '../../../host/host-context'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { runCommand } from '../../../state/run-command'
import { Button } from '../../../ui/actions/button'

/** Certificates that the person trusts by themselves, and an end to it. Main asks before one is let go. */
export function PinsSection() {
  const { t } = useTranslation('settings')
  const host = useHost()
  const { data: pins, refresh } = useLiveQuery('certificates.pins', {})
  if (pins === undefined || pins.length === 0) return null
  const letGo = async (pin: (typeof pins)[number]) => {
    await runCommand(host, 'certificates.unpin', pin)
    refresh()
  }
  return (
    <section className="settings-group">
      <h2 className="settings-group-title">{t('network.pins.title')}</h2>
      <p className="ui-description">{t('network.pins.text')}</p>
      <ul className="network-pins">
        {pins.map(pin => {
          const place = `${pin.host}:${String(pin.port)}`
          return (
            <li key={`${place} ${pin.fingerprint256}`} className="network-pin">
              <span className="network-pin-facts selectable">
                <span>{place}</span>
                <span className="ui-description network-pin-print">{pin.fingerprint256}</span>
              </span>
              <Button aria-label={t('network.pins.letGoOf', { place })} onPress={() => void letGo(pin)}>
                {t('network.pins.letGo')}
              </Button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
