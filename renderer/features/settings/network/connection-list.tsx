import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConnectionInfo } from '../../../../shared/kit/status'
import { useFormat } from '../../../i18n/use-format'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { useMinute } from '../../../state/time/use-minute'
import { TextField } from '../../../ui/fields/text-field'
import { circuitText, matchesFilter } from './circuit-words'
import { ConnectionDetails } from './connection-details'
import { useNameOfAccount } from './use-name-of-account'

const isLive = ({ state }: ConnectionInfo) => state === 'open' || state === 'connecting'

/** What one connection is, in words; also what the filter looks through. */
function useFacts(): (connection: ConnectionInfo) => { head: string[]; facts: string[]; way: string[] } {
  const { t } = useTranslation(['settings', 'app'])
  const format = useFormat()
  const nameOf = useNameOfAccount()
  return connection => {
    const { tls } = connection
    // What was not let out took no way.
    const { circuit, onion, proxy }: Partial<ConnectionInfo> = connection.way === 'refused' ? {} : connection
    return {
      head: [`${connection.host}:${String(connection.port)}`, t(`network.state.${connection.state}`)],
      facts: [
        t(`network.purpose.${connection.purpose}`),
        nameOf(connection.accountId),
        ...(connection.service === null ? [] : [t(`app:service.${connection.service}`)]),
        ...(tls === null
          ? []
          : [
              tls.version,
              tls.cipher,
              ...(tls.keyExchange === 'ephemeral' ? [] : [tls.keyExchange]),
              t('network.issuer', { issuer: tls.issuer }),
              ...(tls.dane === true ? [t('network.dane')] : []),
            ]),
        ...(connection.state === 'refused'
          ? []
          : [
              t('network.bytes', {
                in: format.byteSize(connection.bytesIn),
                out: format.byteSize(connection.bytesOut),
              }),
            ]),
      ],
      way: [
        t(`network.way.${connection.way}`),
        ...(proxy === undefined ? [] : [proxy]),
        ...(onion === undefined ? [] : [onion]),
        ...(circuit === undefined
          ? connection.way === 'tor'
            ? [t('network.noCircuit')]
            : []
          : [circuitText(circuit)]),
      ],
    }
  }
}

function ConnectionRow({
  connection,
  words,
}: Readonly<{ connection: ConnectionInfo; words: ReturnType<ReturnType<typeof useFacts>> }>) {
  const format = useFormat()
  const nowMs = useMinute(connection.endedAtMs)
  return (
    <li className="connection" data-state={connection.state}>
      <div className="connection-head">
        <strong className="selectable">{words.head[0]}</strong>
        <span className="connection-state">
          {words.head[1]} · {format.relativeMinutes(connection.endedAtMs ?? connection.sinceMs, nowMs)}
        </span>
      </div>
      <p className="ui-description selectable">{words.facts.join(' · ')}</p>
      <p className="ui-description selectable">{words.way.join(' · ')}</p>
      <ConnectionDetails connection={connection} />
      {connection.problem === null ? null : <p className="ui-error selectable">{connection.problem}</p>}
    </li>
  )
}

/** How often the bytes of open connections are read anew. */
const bytesEveryMs = 3000

/** Open connections, then recent and refused ones. */
export function ConnectionList() {
  const { t } = useTranslation('settings')
  const wordsOf = useFacts()
  const [filter, setFilter] = useState('')
  const { data, refresh } = useLiveQuery('net.connections', {})
  const hasLive = data?.some(isLive) === true
  // Bytes flow without a change record.
  useEffect(() => {
    if (!hasLive) return
    const timer = setInterval(refresh, bytesEveryMs)
    return () => clearInterval(timer)
  }, [hasLive, refresh])
  const connections = (data ?? [])
    .map(connection => ({ connection, words: wordsOf(connection) }))
    .filter(({ words }) => matchesFilter(filter, [...words.head, ...words.facts, ...words.way]))
  const groups = [
    { id: 'live', rows: connections.filter(({ connection }) => isLive(connection)) },
    { id: 'recent', rows: connections.filter(({ connection }) => !isLive(connection)) },
  ] as const
  return (
    <>
      <TextField
        className="network-filter"
        label={t('network.filter')}
        type="search"
        value={filter}
        onChange={setFilter}
        maxLength={200}
      />
      {groups.map(({ id, rows }) => (
        <section key={id} className="settings-group">
          <h2 className="settings-group-title">{t(`network.${id}`)}</h2>
          {rows.length === 0 ? (
            <p className="ui-description">{t('network.none')}</p>
          ) : (
            <ul className="connections">
              {rows.map(({ connection, words }) => (
                <ConnectionRow key={connection.id} {...{ connection, words }} />
              ))}
            </ul>
          )}
        </section>
      ))}
    </>
  )
}
