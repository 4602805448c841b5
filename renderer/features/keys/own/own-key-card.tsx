import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountSummary } from '../../../../shared/features/accounts/model'
import type { OwnKey } from '../../../../shared/features/keys/model'
import { useHost } from '../../../host/host-context'
import { inYears } from '../../../state/drafts/first-key'
import { runCommand } from '../../../state/run-command'
import { showToast } from '../../../state/toasts'
import { useUnlockKey } from '../../../state/use-unlock-key'
import { Button } from '../../../ui/actions/button'
import { IconButton } from '../../../ui/actions/icon-button'
import { Menu, type MenuEntry } from '../../../ui/actions/menu'
import { Banner } from '../../../ui/feedback/banner'
import { UnlockDialog } from '../../../ui/overlays/unlock-dialog'
import { daysUntil, endOf, fingerprintGroups, useKeyWords } from '../use-key-words'
import { NewPassphraseDialog } from './new-passphrase-dialog'
import { RevokeKeyDialog } from './revoke-key-dialog'

type Open = 'export' | 'passphrase' | 'unlock' | 'revoke'

const yearsOfRenewal = 2

/** One of the user's keys: whose it is, how it is kept, and what should be done about it. */
export function OwnKeyCard({
  ownKey,
  accounts,
}: Readonly<{ ownKey: OwnKey; accounts: readonly AccountSummary[] }>) {
  const { t } = useTranslation('openpgp')
  const host = useHost()
  const words = useKeyWords()
  const unlock = useUnlockKey()
  const [open, setOpen] = useState<Open | null>(null)
  const { facts } = ownKey
  const { fingerprint } = facts
  const isRevoked = facts.problems.includes('revoked')
  const isInUse = ownKey.defaultFor.length > 0
  const end = endOf(facts)
  const usedBy = accounts
    .filter(({ id }) => ownKey.defaultFor.includes(id))
    .map(({ config }) => config.address)
  const save = async (name: 'keys.savePublic' | 'keys.exportRevocation') => {
    const done = await runCommand(host, name, { fingerprint })
    if (done !== null && done.saved.length > 0)
      showToast({ kind: 'notice', text: t('own.saved'), action: null })
  }
  const renew = async () => {
    const change = { kind: 'expiry', expiresAtMs: inYears(yearsOfRenewal) } as const
    const done = await runCommand(host, 'keys.change', { fingerprint, change })
    if (done !== null) showToast({ kind: 'notice', text: t('own.renewed'), action: null })
  }
  const entry = (id: string, label: string, run: () => void, isDanger = false): MenuEntry => ({
    id,
    label,
    run,
    isDanger,
  })
  const entries: readonly MenuEntry[] = [
    entry('public', t('own.savePublic'), () => void save('keys.savePublic')),
    ...(ownKey.hasRevocationCertificate
      ? [entry('revocation', t('own.saveRevocation'), () => void save('keys.exportRevocation'))]
      : []),
    ...(ownKey.unlocked
      ? [
          entry('backup', t('own.backUp'), () => setOpen('export')),
          'line' as const,
          entry('passphrase', t('own.setPassphrase'), () => setOpen('passphrase')),
        ]
      : []),
    ...(ownKey.unlocked && ownKey.protection === 'passphrase'
      ? [
          entry(
            'no-passphrase',
            t('own.removePassphrase'),
            () => void runCommand(host, 'keys.setPassphrase', { fingerprint, passphrase: null }),
          ),
          entry('lock', t('own.lock'), () => void runCommand(host, 'keys.forgetPassphrase', { fingerprint })),
        ]
      : []),
    ...(ownKey.unlocked && !isRevoked
      ? ['line' as const, entry('renew', t('own.renew'), () => void renew())]
      : []),
    'line',
    ...(ownKey.unlocked && !isRevoked
      ? [entry('revoke', t('own.revoke'), () => setOpen('revoke'), true)]
      : []),
    entry('remove', t('own.remove'), () => void runCommand(host, 'keys.removeOwn', { fingerprint }), true),
  ]
  const problems = words.problems(facts)
  return (
    <li className="key-card">
      <div className="key-card-head">
        <div className="key-card-text selectable">
          {facts.userIds.map(({ name, address }) => (
            <p key={`${name} ${address}`} className="key-card-name">
              {name === '' ? address : `${name} · ${address}`}
            </p>
          ))}
          <p className="ui-description">
            {[
              isInUse ? t('own.usedBy', { accounts: usedBy.join(', ') }) : t('own.forReading'),
              facts.algorithm,
              words.expiry(facts),
            ].join(' · ')}
          </p>
          <p className="key-fingerprint" title={t('own.fingerprint')}>
            {fingerprintGroups(fingerprint)}
          </p>
          <div className="key-badges">
            {problems === null ? null : (
              <span className="key-badge" data-tone="bad">
                {problems}
              </span>
            )}
            {ownKey.unlocked ? null : <span className="key-badge">{t('own.locked')}</span>}
            {ownKey.protection === 'passphrase' ? (
              <span className="key-badge">{t('own.ownPassphrase')}</span>
            ) : null}
            {ownKey.backedUpAtMs === null ? (
              isInUse ? null : (
                <span className="key-badge">{t('own.notBackedUp')}</span>
              )
            ) : (
              <span className="key-badge">{t('own.backedUp', { date: words.day(ownKey.backedUpAtMs) })}</span>
            )}
          </div>
        </div>
        {ownKey.unlocked ? null : <Button onPress={() => setOpen('unlock')}>{t('own.unlock')}</Button>}
        <Menu label={t('own.more')} entries={entries}>
          <IconButton label={t('own.more')} icon={Ellipsis} />
        </Menu>
      </div>
      {ownKey.renewalDue && isInUse && end !== null ? (
        <Banner
          tone="warning"
          title={t('own.renewTitle')}
          actions={
            <Button isDisabled={!ownKey.unlocked} onPress={() => void renew()}>
              {t('own.renew')}
            </Button>
          }
        >
          {end <= Date.now() ? t('own.renewExpired') : t('own.renewText', { count: daysUntil(end) })}
        </Banner>
      ) : null}
      {ownKey.backedUpAtMs === null && isInUse ? (
        <Banner
          tone="notice"
          title={t('own.notBackedUpTitle')}
          actions={
            <Button isDisabled={!ownKey.unlocked} onPress={() => setOpen('export')}>
              {t('own.backUp')}
            </Button>
          }
        >
          {t('own.notBackedUpText')}
        </Banner>
      ) : null}
      {ownKey.hasRevocationCertificate && isInUse ? (
        <p className="ui-description">{t('own.revocationText')}</p>
      ) : null}
      {open === 'export' || open === 'passphrase' ? (
        <NewPassphraseDialog
          ownKey={ownKey}
          use={open === 'export' ? 'export' : 'key'}
          onClose={() => setOpen(null)}
        />
      ) : null}
      {open === 'unlock' ? (
        <UnlockDialog
          title={t('unlock.title')}
          confirm={t('unlock.go')}
          onClose={() => setOpen(null)}
          onAnswer={async answer => {
            const problem = await unlock({ fingerprint, ...answer })
            if (problem === null) setOpen(null)
            return problem
          }}
        />
      ) : null}
      {open === 'revoke' ? <RevokeKeyDialog ownKey={ownKey} onClose={() => setOpen(null)} /> : null}
    </li>
  )
}
