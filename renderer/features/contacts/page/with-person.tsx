import { KeyRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../i18n/use-format'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { openSettings } from '../../../state/ui-store'
import { Button } from '../../../ui/actions/button'
import { withoutControls } from '../../../ui/fields/text-direction'
import { useShowThing } from '../../../ui/layout/feature'

const zone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone
const mostEvents = 6
const mostAddresses = 3

/** What is there of a person beside the card: events to which the person is invited, and keys. */
export function WithPerson({ addresses }: Readonly<{ addresses: readonly string[] }>) {
  return addresses.slice(0, mostAddresses).map(address => (
    <div key={address} className="contact-with">
      <Events address={address} isNamed={addresses.length > 1} />
      <Keys address={address} isNamed={addresses.length > 1} />
    </div>
  ))
}

type Of = Readonly<{ address: string; isNamed: boolean }>

function Events({ address, isNamed }: Of) {
  const { t } = useTranslation('contacts')
  const format = useFormat()
  const showThing = useShowThing()
  const { data = [] } = useLiveQuery('events.find', { text: address, zone: zone(), limit: 100 })
  const folded = address.toLowerCase()
  const found = data.filter(({ attendees }) => attendees.some(each => each.address.toLowerCase() === folded))
  if (found.length === 0) return null
  return (
    <section aria-label={t('with.events')}>
      <h3 className="contact-section">
        {t('with.events')}
        {isNamed ? <bdi className="contact-use"> {address}</bdi> : null}
      </h3>
      <ul className="contact-members">
        {found.slice(0, mostEvents).map(({ id, title, startMs, days }) => {
          const day = days?.from ?? new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short' }).format(startMs)
          return (
            <li key={id} className="contact-event">
              <span className="contact-use numerals">{format.day(day)}</span>
              <button
                type="button"
                className="contact-link clip"
                onClick={() => showThing({ kind: 'event', id, day })}
              >
                <bdi>{withoutControls(title) || t('with.untitled')}</bdi>
              </button>
            </li>
          )
        })}
      </ul>
      {found.length > mostEvents ? (
        <p className="contact-hint">{t('with.more', { count: found.length - mostEvents })}</p>
      ) : null}
    </section>
  )
}

function Keys({ address, isNamed }: Of) {
  const { t } = useTranslation('contacts')
  const { data } = useLiveQuery('keys.contacts', { address })
  const keys = data?.keys.filter(({ rejected }) => !rejected) ?? []
  if (keys.length === 0) return null
  return (
    <section aria-label={t('with.keys')}>
      <h3 className="contact-section">
        {t('with.keys')}
        {isNamed ? <bdi className="contact-use"> {address}</bdi> : null}
      </h3>
      <ul className="contact-members">
        {keys.map(({ facts: { fingerprint }, trust, inUse }) => (
          <li key={fingerprint} className="contact-event">
            <span className="contact-print numerals">
              {(fingerprint.toUpperCase().match(/.{1,4}/g) ?? []).join(' ')}
            </span>
            <span>
              {t(`with.trust.${trust}`)}
              {inUse ? null : `, ${t('with.notInUse')}`}
            </span>
          </li>
        ))}
      </ul>
      <Button icon={KeyRound} variant="plain" onPress={() => openSettings('keys')}>
        {t('with.manage')}
      </Button>
    </section>
  )
}
