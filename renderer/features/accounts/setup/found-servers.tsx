import { useTranslation } from 'react-i18next'
import type { DiscoveredServer } from '../../../../shared/features/accounts/model'
import { RadioGroup } from '../../../ui/fields/radio-group'
import { endpointText, type Protocol, serverKey } from '../servers/server-form'

/** What was found for one protocol, with where it came from. Several are a choice, one is a statement. */
export function FoundServers({
  protocol,
  servers,
  chosen,
  onChoose,
}: Readonly<{
  protocol: Protocol
  servers: readonly DiscoveredServer[]
  chosen: DiscoveredServer
  onChoose: (server: DiscoveredServer) => void
}>) {
  const { t } = useTranslation('accounts')
  const origin = (server: DiscoveredServer) =>
    t('found.origin', { source: t(`source.${server.source}`), evidence: server.evidence })
  if (servers.length > 1)
    return (
      <div className="account-found">
        <RadioGroup
          label={t(`protocol.${protocol}`)}
          value={serverKey(chosen)}
          onChange={key => {
            const server = servers.find(other => serverKey(other) === key)
            if (server !== undefined) onChoose(server)
          }}
          options={servers.map(server => ({
            id: serverKey(server),
            label: `${endpointText(server.endpoint)} · ${t(`security.${server.endpoint.security}`)}`,
            description: (
              <>
                {t('found.userName', { userName: server.userName })} · {origin(server)}
              </>
            ),
          }))}
        />
      </div>
    )
  return (
    <dl className="account-found selectable">
      <dt className="account-legend">{t(`protocol.${protocol}`)}</dt>
      <dd className="account-endpoint">
        {endpointText(chosen.endpoint)} <span>{t(`security.${chosen.endpoint.security}`)}</span>
      </dd>
      <dd className="ui-description">{t('found.userName', { userName: chosen.userName })}</dd>
      <dd className="ui-description">{origin(chosen)}</dd>
    </dl>
  )
}
