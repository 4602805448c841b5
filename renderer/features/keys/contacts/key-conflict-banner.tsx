import { useTranslation } from 'react-i18next'
import type { KeyConflict } from '../../../../shared/features/keys/model'
import { useHost } from '../../../host/host-context'
import { runCommand } from '../../../state/run-command'
import { Button } from '../../../ui/actions/button'
import { Banner } from '../../../ui/feedback/banner'
import { fingerprintGroups, useKeyWords } from '../use-key-words'

/** Another key turned up for an address: what that means, and the two ways to decide. */
export function KeyConflictBanner({ conflict }: Readonly<{ conflict: KeyConflict }>) {
  const { t } = useTranslation('openpgp')
  const host = useHost()
  const words = useKeyWords()
  const { address, known, found } = conflict
  const source = words.source(conflict.source)
  return (
    <Banner
      tone={conflict.knownTrust === 'verified' ? 'danger' : 'warning'}
      title={t('conflict.title', { address })}
      actions={
        <>
          <Button onPress={() => void runCommand(host, 'keys.reject', { address, fingerprint: found })}>
            {t('conflict.keepOld')}
          </Button>
          <Button
            variant="plain"
            onPress={() => void runCommand(host, 'keys.useKey', { address, fingerprint: found })}
          >
            {t('conflict.useNew')}
          </Button>
        </>
      }
    >
      {conflict.knownTrust === 'verified'
        ? t('conflict.textVerified', { source })
        : t('conflict.text', { source })}
      <dl className="key-conflict-keys">
        <dt>{t('conflict.known')}</dt>
        <dd className="key-fingerprint">{fingerprintGroups(known)}</dd>
        <dt>{t('conflict.found')}</dt>
        <dd className="key-fingerprint">{fingerprintGroups(found)}</dd>
      </dl>
    </Banner>
  )
}
