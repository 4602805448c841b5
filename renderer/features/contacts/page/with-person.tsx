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

/**
 * What is there of a person beside the card: conversations, events to which the person is invited, and keys. `chats`: addresses of chat that
 * the card names beside those of mail.
 */
export function WithPerson({
  addresses,
  chats = [],
}: Readonly<{ addresses: readonly string[]; chats?: readonly string[] }>) {
  return (
    <>
      <Chats addresses={[...addresses, ...chats.map(chatAddressOf)]} />
      {addresses.slice(0, mostAddresses).map(address => (
        <div key={address} className="contact-with">
          <Events address={address} isNamed={addresses.length > 1} />
          <Keys address={address} isNamed={addresses.length > 1} />
        </div>
      ))}
    </>
  )
}

/** A card names chat as `xmpp:eva@example.org`, or as the address alone. */
const chatAddressOf = (value: string): string => value.replace(/^(xmpp|im):/i, '').replace(/[?/].*$/s, '')

/** Conversations with the person, each with its newest line and how it is protected. */
function Chats({ addresses }: Readonly<{ addresses: readonly string[] }>) {
  const { t } = useTranslation('contacts')
  const format = useFormat()
  const showThing = useShowThing()
  const { data } = useLiveQuery('chat.conversations', { which: 'conversations' })
  const folded = new Set(addresses.map(each => each.toLowerCase()))
  const found = (data?.conversations ?? []).filter(
    each => each.kind === 'person' && each.last !== null && folded.has(each.address.toLowerCase()),
  )
  if (found.length === 0) return null
  return (
    <section className="contact-with" aria-label={t('with.chat')}>
      <h3 className="contact-section">{t('with.chat')}</h3>
      <ul className="contact-members">
        {found.slice(0, mostEvents).map(({ id, address, last, unread, mode }) => {
          if (last === null) return null
          const text =
            withoutControls(last.text).replaceAll(/\s+/g, ' ') || (last.hasFile ? t('with.chatFile') : '…')
          return (
            <li key={id} className="contact-event">
              <span className="contact-use numerals">{format.shortDateTime(last.atMs)}</span>
              <button
                type="button"
                className="contact-link clip"
                onClick={() => showThing({ kind: 'chat', address })}
              >
                <bdi>{last.author.isOwn ? t('with.chatOwn', { text }) : text}</bdi>
              </button>
              <span className="contact-use">
                {t(mode === 'encrypted' ? 'with.chatEncrypted' : 'with.chatClear')}
                {unread === 0 ? null : `, ${t('with.chatUnread', { count: unread })}`}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
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
