import { useTranslation } from 'react-i18next'
import { Banner } from '../../ui/banner'
import { droppedLevels } from './level-words'
import type { Levels } from './use-levels'

/** Says above the send button which domains were better protected before. */
export function DroppedLine({ levels, domains }: Readonly<{ levels: Levels; domains: ReadonlySet<string> }>) {
  const { t } = useTranslation('compose')
  const dropped = droppedLevels([...levels.values()].filter(({ domain }) => domains.has(domain)))
  if (dropped.length === 0) return null
  return (
    <Banner tone="warning">
      {dropped.map(({ domain, level, previous }) => (
        <p key={domain}>
          {t('level.dropped', {
            domain,
            previous: t(`level.name.${previous ?? 'unknown'}`),
            level: t(`level.name.${level}`),
          })}
        </p>
      ))}
    </Banner>
  )
}
