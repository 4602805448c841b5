import { useTranslation } from 'react-i18next'
import type { AccountId } from '../../../shared/kit/ids'
import { useHost } from '../../host/host-context'
import { runCommand } from '../../state/run-command'
import { Button } from '../../ui/actions/button'
import { Banner } from '../../ui/feedback/banner'
import { droppedLevels } from './recipients/level-words'
import type { Levels } from './recipients/use-levels'

/** Says above the send button which domains were better protected before. Main asks before one is given up. */
export function DroppedLine({
  levels,
  domains,
  accountId,
}: Readonly<{ levels: Levels; domains: ReadonlySet<string>; accountId: AccountId }>) {
  const { t } = useTranslation('compose')
  const host = useHost()
  const dropped = droppedLevels([...levels.values()].filter(({ domain }) => domains.has(domain)))
  if (dropped.length === 0) return null
  return (
    <Banner tone="warning">
      {dropped.map(({ domain, level, previous }) => (
        <p key={domain} className="dropped-level">
          {t('level.dropped', {
            domain,
            previous: t(`level.name.${previous ?? 'unknown'}`),
            level: t(`level.name.${level}`),
          })}
          <Button
            variant="plain"
            onPress={() => void runCommand(host, 'transport.acceptLower', { domain, accountId })}
          >
            {t('level.accept')}
          </Button>
        </p>
      ))}
    </Banner>
  )
}
