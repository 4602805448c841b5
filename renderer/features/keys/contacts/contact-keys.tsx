import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountSummary } from '../../../../shared/features/accounts/model'
import type { ContactKey, KeyConflict, OwnKey } from '../../../../shared/features/keys/model'
import { foldText, holdsFolded } from '../../../../shared/kit/fold-text'
import { useHost } from '../../../host/host-context'
import { runCommand } from '../../../state/run-command'
import { showToast } from '../../../state/toasts'
import { Button } from '../../../ui/actions/button'
import { TextField } from '../../../ui/fields/text-field'
import { ContactKeyCard } from './contact-key-card'
import { FindKey } from './find-key'
import { KeyConflictBanner } from './key-conflict-banner'

/** From this many keys on a search field helps. */
const searchFrom = 6
const mostKinds = 5

/** Other people's keys: open questions first, then a search, the keys, and ways to get more. */
export function ContactKeys({
  keys,
  conflicts,
  ownKeys,
  accounts,
}: Readonly<{
  keys: readonly ContactKey[]
  conflicts: readonly KeyConflict[]
  ownKeys: readonly OwnKey[]
  accounts: readonly AccountSummary[]
}>) {
  const { t } = useTranslation('openpgp')
  const host = useHost()
  const [search, setSearch] = useState('')
  const wanted = foldText(search.trim())
  const shown = keys.filter(({ address, facts }) =>
    holdsFolded(`${address} ${facts.userIds.map(each => each.name).join(' ')} ${facts.fingerprint}`, wanted),
  )
  const importFile = async () => {
    const report = await runCommand(host, 'keys.importPublicFile', {})
    if (report === null) return
    const { revoked, unknownRevocations, secretCount, unusable, unusableKinds } = report
    const isKeyless = report.keys.length === 0
    const text =
      revoked.length > 0
        ? t('people.importedRevocation', { count: revoked.length })
        : isKeyless && unknownRevocations > 0
          ? t('people.unknownRevocation')
          : isKeyless && secretCount > 0
            ? t('people.importedSecret')
            : t('people.imported', { count: report.keys.length })
    const kinds = unusableKinds.slice(0, mostKinds).join(', ')
    const left = unusable > 0 ? `. ${t('people.unusable', { count: unusable, kinds })}` : ''
    showToast({ kind: 'notice', text: `${text}${left}`, action: null })
  }
  return (
    <section className="settings-group" aria-labelledby="contact-keys">
      <h2 id="contact-keys" className="settings-group-title">
        {t('people.title')}
      </h2>
      {conflicts.map(conflict => (
        <KeyConflictBanner key={conflict.address} conflict={conflict} />
      ))}
      <FindKey accounts={accounts} />
      {keys.length < searchFrom ? null : (
        <TextField
          label={t('people.search')}
          type="search"
          maxLength={200}
          value={search}
          onChange={setSearch}
        />
      )}
      {keys.length === 0 ? (
        <p className="ui-description">
          {t('people.none')}. {t('people.noneText')}
        </p>
      ) : shown.length === 0 ? (
        <p className="ui-description">{t('people.noMatch')}</p>
      ) : (
        <ul className="key-cards">
          {shown.map(key => (
            <ContactKeyCard
              key={`${key.address} ${key.facts.fingerprint}`}
              contactKey={key}
              ownKeys={ownKeys}
            />
          ))}
        </ul>
      )}
      <div className="settings-buttons">
        <Button onPress={() => void importFile()}>{t('people.import')}</Button>
      </div>
    </section>
  )
}
