import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { LookUpPlaces } from '../../../../shared/features/accounts/model'
import { Button } from '../../../ui/actions/button'

const kinds = ['pages', 'records', 'guesses'] as const

/** Whom a search for servers asks, each by its name, before anyone is asked. */
export function LookUpQuestion({ places, onAsk }: Readonly<{ places: LookUpPlaces; onAsk: () => void }>) {
  const { t } = useTranslation('accounts')
  const section = useRef<HTMLElement>(null)
  // It is read from its beginning, and a second press of Return, meant for the search, does not answer it.
  useEffect(() => section.current?.focus(), [])
  const { domain, way } = places
  const title = t('discovery.ask.title', { domain })
  return (
    <section ref={section} className="look-up-question" aria-label={title} tabIndex={-1}>
      <h3 className="account-legend">{title}</h3>
      <p>{t('discovery.ask.text')}</p>
      <dl className="look-up-places selectable">
        {kinds.map(kind => (
          <div key={kind}>
            <dt>{t(`discovery.ask.${kind}`)}</dt>
            <dd>{places[kind].join(', ')}</dd>
          </div>
        ))}
      </dl>
      <p>{t(`discovery.ask.way.${way}`, { domain })}</p>
      <Button variant="primary" onPress={onAsk}>
        {t('discovery.ask.yes')}
      </Button>
    </section>
  )
}
