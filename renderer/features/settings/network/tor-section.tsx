import { Check } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NetStatus, TorSettings, TorSettingsChange } from '../../../../shared/features/network/model'
import { useHost } from '../../../host/host-context'
import { runCommand } from '../../../state/run-command'
import { Button } from '../../../ui/actions/button'
import { Switch } from '../../../ui/actions/switch'
import { Banner } from '../../../ui/feedback/banner'
import { Progress } from '../../../ui/feedback/progress'
import { Select } from '../../../ui/fields/select'
import { TextField } from '../../../ui/fields/text-field'

function TorState({ tor }: Readonly<{ tor: NetStatus['tor'] }>) {
  const { t } = useTranslation('settings')
  const { bootstrap } = tor
  const facts = [
    tor.source === null ? null : t(`network.tor.source.${tor.source}`),
    tor.address === null ? null : `${tor.address.host}:${String(tor.address.port)}`,
    tor.version === null ? null : t('network.tor.version', { version: tor.version }),
    tor.state === 'ready' ? t(`network.tor.control.${tor.control}`) : null,
  ].filter(fact => fact !== null)
  return (
    <div className="tor-state" data-state={tor.state} role="status">
      <p>
        <strong>{t(`network.tor.state.${tor.state}`)}</strong>
      </p>
      {facts.length === 0 ? null : <p className="ui-description selectable">{facts.join(' · ')}</p>}
      {bootstrap === null || bootstrap.percent === 100 ? null : (
        <>
          <Progress label={t('network.tor.progress')} value={bootstrap.percent / 100} />
          <p className="ui-description">
            {bootstrap.percent} % · {bootstrap.summary}
          </p>
        </>
      )}
      {tor.state === 'failed' ? (
        <>
          <p>{t('network.tor.whatToDo')}</p>
          {tor.problem === null ? null : <p className="ui-description selectable">{tor.problem}</p>}
        </>
      ) : null}
    </div>
  )
}

/** Where a Tor was looked for: at the address that was set, else at those of the system's service and of Tor Browser. */
const placesOf = ({ address }: TorSettings): string =>
  address === null ? '127.0.0.1:9050, 127.0.0.1:9150' : `${address.host}:${String(address.port)}`

/** What looking for Tor found, and what to do where it found none. */
function LookAnswer({ found, settings }: Readonly<{ found: NetStatus['tor']; settings: TorSettings }>) {
  const { t } = useTranslation('settings')
  const at = found.address === null ? '' : `${found.address.host}:${String(found.address.port)}`
  if (found.source === 'own' && found.state !== 'failed')
    return <Banner icon={Check}>{t('network.tor.answer.own')}</Banner>
  if (found.state === 'ready') return <Banner icon={Check}>{t('network.tor.answer.found', { at })}</Banner>
  if (found.address !== null) return <Banner tone="notice">{t('network.tor.answer.unused', { at })}</Banner>
  return (
    <Banner tone="notice" title={t('network.tor.answer.none', { places: placesOf(settings) })}>
      {t(settings.mode === 'running' ? 'network.tor.whatToDo' : 'network.tor.answer.startsOwn')}
    </Banner>
  )
}

/** Bridge lines as pasted, without empty ones. */
const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')

/** Tor for everything, what is known of it, whose is used, and bridges. Main asks before anything leaves Tor. */
export function TorSection({ status, refresh }: Readonly<{ status: NetStatus; refresh: () => void }>) {
  const { t } = useTranslation('settings')
  const host = useHost()
  const [bridges, setBridges] = useState<string | null>(null)
  const [looking, setLooking] = useState(false)
  const [found, setFound] = useState<NetStatus['tor'] | null>(null)
  const { settings, tor } = status
  const configure = async (change: TorSettingsChange) => {
    const done = await runCommand(host, 'tor.configure', { change })
    refresh()
    return done?.changed === true
  }
  const look = async () => {
    setLooking(true)
    setFound(null)
    setFound(await runCommand(host, 'tor.look', {}))
    setLooking(false)
    refresh()
  }
  const saveBridges = async (text: string) => {
    if (await configure({ bridges: linesOf(text) })) setBridges(null)
  }
  return (
    <section className="settings-group">
      <h2 className="settings-group-title">Tor</h2>
      <Switch
        label={t('network.tor.everything')}
        description={t('network.tor.everythingText')}
        isSelected={settings.forEverything}
        onChange={forEverything => void configure({ forEverything })}
      />
      <TorState tor={tor} />
      <div className="settings-buttons">
        <Button busy={looking} onPress={() => void look()}>
          {t('network.tor.look')}
        </Button>
      </div>
      <div role="status">{found === null ? null : <LookAnswer found={found} settings={settings} />}</div>
      <div className="network-choice">
        <Select<TorSettings['mode']>
          label={t('network.tor.mode')}
          options={(['auto', 'running', 'own'] as const).map(id => ({
            id,
            label: t(`network.tor.modes.${id}`),
          }))}
          value={settings.mode}
          onChange={mode => void configure({ mode })}
        />
      </div>
      <TextField
        label={t('network.tor.bridges')}
        description={t('network.tor.bridgesText')}
        rows={3}
        maxLength={20_000}
        spellCheck="false"
        value={bridges ?? settings.bridges.join('\n')}
        onChange={setBridges}
      />
      {bridges === null ? null : (
        <div className="settings-actions">
          <Button variant="plain" onPress={() => setBridges(null)}>
            {t('network.tor.bridgesBack')}
          </Button>
          <Button variant="primary" onPress={() => void saveBridges(bridges)}>
            {t('network.tor.bridgesSave')}
          </Button>
        </div>
      )}
    </section>
  )
}
