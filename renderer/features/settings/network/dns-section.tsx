import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type DnsServerPlace, parseDnsServer } from '../../../../shared/features/network/dns-servers'
import { useHost } from '../../../host/host-context'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { runCommand } from '../../../state/run-command'
import { Button } from '../../../ui/actions/button'
import { Select } from '../../../ui/fields/select'
import { TextField } from '../../../ui/fields/text-field'
import { choiceOf, type DnsChoice, dnsPresets, presetNames, serversText } from './dns-choices'

/** As many as the engine asks one after the other. */
const maximumServers = 3

/** Whom look-ups go to, and what they see. Main asks before they go to somebody else. */
export function DnsSection() {
  const { t } = useTranslation('settings')
  const host = useHost()
  const { data: servers, refresh } = useLiveQuery('transport.servers', {})
  const [typed, setTyped] = useState<string | null>(null)
  if (servers === undefined) return null
  const choice: DnsChoice = typed === null ? choiceOf(servers) : 'own'
  const choose = async (next: readonly DnsServerPlace[]) => {
    const done = await runCommand(host, 'transport.chooseServers', { servers: [...next] })
    if (done?.changed === true) setTyped(null)
    refresh()
  }
  const pick = (next: DnsChoice) => {
    if (next === 'own') setTyped(serversText(servers))
    else void choose(next === 'system' ? [] : [dnsPresets[next]])
  }
  const text = typed ?? serversText(servers)
  const lines = text.split('\n').filter(line => line.trim() !== '')
  const parsed = lines.map(parseDnsServer)
  const wrong = lines.find((_, index) => parsed[index] === null)
  const places = parsed.filter(place => place !== null)
  const error =
    wrong !== undefined
      ? t('network.dns.bad', { text: wrong.trim().slice(0, 60) })
      : lines.length > maximumServers
        ? t('network.dns.tooMany', { count: maximumServers })
        : null
  return (
    <section className="settings-group">
      <h2 className="settings-group-title">{t('network.dns.title')}</h2>
      <p className="ui-description">{t('network.dns.text')}</p>
      <div className="network-choice">
        <Select<DnsChoice>
          label={t('network.dns.whom')}
          options={(['system', ...presetNames, 'own'] as const).map(id => ({
            id,
            label: t(`network.dns.choice.${id}`),
          }))}
          value={choice}
          onChange={pick}
        />
      </div>
      <p className="ui-description">{t(`network.dns.about.${choice}`)}</p>
      {choice === 'own' ? (
        <TextField
          label={t('network.dns.own')}
          description={t('network.dns.ownText')}
          error={typed === null ? null : error}
          rows={2}
          maxLength={1000}
          spellCheck="false"
          value={text}
          onChange={setTyped}
        />
      ) : null}
      {typed === null ? null : (
        <div className="settings-actions">
          <Button variant="plain" onPress={() => setTyped(null)}>
            {t('network.dns.back')}
          </Button>
          <Button
            variant="primary"
            isDisabled={error !== null || places.length === 0}
            onPress={() => void choose(places)}
          >
            {t('network.dns.use')}
          </Button>
        </div>
      )}
    </section>
  )
}
