import { useTranslation } from 'react-i18next'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { Select } from '../../../ui/fields/select'
import { TextField } from '../../../ui/fields/text-field'
import type { TypedWay } from './way'

const usual = { auto: null, m15: 15, h1: 60, h6: 360, d1: 1440, d7: 10_080 } as const
type IntervalId = keyof typeof usual | 'own'
const intervalIds = Object.keys(usual) as (keyof typeof usual)[]

/** How often, and by which way, a calendar is asked for. */
export function AskingFields({
  minutes,
  way,
  onMinutes,
  onWay,
}: Readonly<{
  minutes: number | null
  way: TypedWay
  onMinutes: (minutes: number | null) => void
  onWay: (way: TypedWay) => void
}>) {
  const { t } = useTranslation('subscription')
  const everything = useLiveQuery('net.status', {}).data?.settings.forEverything === true
  const chosen: IntervalId = intervalIds.find(id => usual[id] === minutes) ?? 'own'
  const ids: readonly IntervalId[] = chosen === 'own' ? [...intervalIds, 'own'] : intervalIds
  const change = (part: Partial<TypedWay>) => onWay({ ...way, ...part })
  return (
    <>
      <div className="editor-pair">
        <Select<IntervalId>
          label={t('interval')}
          value={chosen}
          onChange={id => onMinutes(id === 'own' ? minutes : usual[id])}
          options={ids.map(id => ({
            id,
            label: id === 'own' ? t('intervals.own', { count: minutes ?? 0 }) : t(`intervals.${id}`),
          }))}
        />
        <Select<TypedWay['kind']>
          label={t('way')}
          value={way.kind}
          onChange={kind => change({ kind })}
          options={(way.kind === 'unreadable'
            ? (['unreadable', 'direct', 'tor', 'socks5'] as const)
            : (['direct', 'tor', 'socks5'] as const)
          ).map(id => ({ id, label: t(`ways.${id}`) }))}
        />
      </div>
      <p className="ui-description">{everything ? t('everything') : t(`wayText.${way.kind}`)}</p>
      {way.kind === 'socks5' ? (
        <>
          <div className="editor-pair">
            <TextField
              label={t('proxyHost')}
              value={way.host}
              onChange={host => change({ host })}
              maxLength={253}
              spellCheck="false"
            />
            <TextField
              label={t('proxyPort')}
              value={way.port}
              onChange={port => change({ port })}
              inputMode="numeric"
              maxLength={5}
            />
          </div>
          <div className="editor-pair">
            <TextField
              label={t('proxyUser')}
              value={way.user}
              onChange={user => change({ user })}
              maxLength={255}
              spellCheck="false"
            />
            <TextField
              label={t('proxyPassword')}
              type="password"
              value={way.password}
              onChange={password => change({ password })}
              maxLength={255}
              isDisabled={way.user === ''}
            />
          </div>
        </>
      ) : null}
    </>
  )
}
