import { UserMinus, UserPlus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { CollectionProtection } from '../../../shared/features/collection-encryption/model'
import type { Fingerprint } from '../../../shared/features/keys/model'
import { useLiveQuery } from '../../state/live/use-live-query'
import { Button } from '../../ui/actions/button'
import { IconButton } from '../../ui/actions/icon-button'
import { Menu } from '../../ui/actions/menu'

type Change = Readonly<{ add: Fingerprint[]; remove: Fingerprint[] }>

/** Who reads it; without `change` only shown. */
export function Members({
  told: { members },
  isDisabled = false,
  change,
}: Readonly<{
  told: CollectionProtection
  isDisabled?: boolean
  change?: (change: Change) => Promise<void>
}>) {
  const { t } = useTranslation('collections')
  const { data } = useLiveQuery('keys.contacts', change ? { address: null } : null)
  const others = (data?.keys ?? []).filter(
    ({ trust, facts, rejected }) =>
      trust === 'verified' &&
      !rejected &&
      facts.canEncrypt &&
      !members.some(each => each.fingerprint === facts.fingerprint),
  )
  return (
    <section aria-labelledby="encryption-members">
      <h3 id="encryption-members" className="ui-label">
        {t('members')}
      </h3>
      <ul className="encryption-members">
        {members.map(({ fingerprint, address, isOwn }) => (
          <li key={fingerprint}>
            <span className="clip" dir="auto">
              {address || fingerprint.slice(-16).toUpperCase()}
              {isOwn ? <span className="ui-description"> {t('own')}</span> : null}
            </span>
            {change && !isOwn ? (
              <IconButton
                label={t('takeOut', { who: address || fingerprint.slice(-16).toUpperCase() })}
                icon={UserMinus}
                isDisabled={isDisabled}
                onPress={() => void change({ add: [], remove: [fingerprint] })}
              />
            ) : null}
          </li>
        ))}
      </ul>
      {change ? (
        others.length === 0 ? (
          <p className="ui-description">{t('nobodyElse')}</p>
        ) : (
          <Menu
            label={t('letIn')}
            entries={others.map(({ address, facts }) => ({
              id: facts.fingerprint,
              label: address,
              icon: UserPlus,
              run: () => void change({ add: [facts.fingerprint], remove: [] }),
            }))}
          >
            <Button isDisabled={isDisabled}>{t('letIn')}</Button>
          </Menu>
        )
      ) : null}
    </section>
  )
}
