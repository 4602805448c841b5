import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactKey, OwnKey } from '../../../../shared/features/keys/model'
import { useHost } from '../../../host/host-context'
import { runCommand } from '../../../state/run-command'
import { Button } from '../../../ui/actions/button'
import { IconButton } from '../../../ui/actions/icon-button'
import { Menu, type MenuEntry } from '../../../ui/actions/menu'
import { ConfirmDialog } from '../../../ui/overlays/confirm-dialog'
import { fingerprintGroups, useKeyWords } from '../use-key-words'
import { VerifyDialog } from './verify-dialog'

/** Somebody else's key: whether it is used, how much stands behind it, and on what that rests. */
export function ContactKeyCard({
  contactKey,
  ownKeys,
}: Readonly<{ contactKey: ContactKey; ownKeys: readonly OwnKey[] }>) {
  const { t } = useTranslation('openpgp')
  const host = useHost()
  const words = useKeyWords()
  const [open, setOpen] = useState<'verify' | 'remove' | null>(null)
  const { address, facts, trust } = contactKey
  const subject = { address, fingerprint: facts.fingerprint }
  const name = facts.userIds.find(each => each.address === address)?.name ?? ''
  const problems = words.problems(facts)
  const isVerified = trust === 'verified'
  const entries: readonly MenuEntry[] = [
    ...(contactKey.inUse
      ? []
      : [{ id: 'use', label: t('people.use'), run: () => void runCommand(host, 'keys.useKey', subject) }]),
    ...(isVerified
      ? [
          {
            id: 'withdraw',
            label: t('people.withdraw'),
            run: () => void runCommand(host, 'keys.setTrust', { ...subject, trust: 'none' }),
          },
        ]
      : []),
    ...(contactKey.rejected
      ? []
      : [
          {
            id: 'reject',
            label: t('people.reject'),
            isDanger: true,
            run: () => void runCommand(host, 'keys.reject', subject),
          },
        ]),
    { id: 'remove', label: t('people.remove'), isDanger: true, run: () => setOpen('remove') },
  ]
  return (
    <li className="key-card">
      <div className="key-card-head">
        <div className="key-card-text selectable">
          <p className="key-card-name">{name === '' ? address : `${name} · ${address}`}</p>
          <p className="key-fingerprint">{fingerprintGroups(facts.fingerprint)}</p>
          <div className="key-badges">
            <span className="key-badge" data-trust={trust}>
              {t(`trust.${trust}`)}
            </span>
            {contactKey.inUse ? null : (
              <span className="key-badge">
                {contactKey.rejected ? t('people.rejected') : t('people.notInUse')}
              </span>
            )}
            {problems === null ? null : (
              <span className="key-badge" data-tone="bad">
                {problems}
              </span>
            )}
            {contactKey.prefersEncryption === true ? (
              <span className="key-badge">{t('people.prefers')}</span>
            ) : null}
          </div>
          <p className="ui-description">
            {isVerified
              ? t('trust.verifiedText', { date: words.day(contactKey.verifiedAtMs ?? 0) })
              : t(`trust.${trust}Text`)}{' '}
            {t('trust.because')} {words.evidence(contactKey.evidence)}.
          </p>
          <p className="ui-description">
            {facts.algorithm} · {words.expiry(facts)}
          </p>
        </div>
        {isVerified || contactKey.rejected ? null : (
          <Button onPress={() => setOpen('verify')}>{t('people.verify')}</Button>
        )}
        <Menu label={t('people.more')} entries={entries}>
          <IconButton label={t('people.more')} icon={Ellipsis} />
        </Menu>
      </div>
      {open === 'verify' ? (
        <VerifyDialog contactKey={contactKey} ownKeys={ownKeys} onClose={() => setOpen(null)} />
      ) : null}
      {open === 'remove' ? (
        <ConfirmDialog
          title={t('people.removeTitle')}
          confirm={t('people.remove')}
          isOpen
          onConfirm={() => void runCommand(host, 'keys.remove', subject)}
          onClose={() => setOpen(null)}
        >
          {t('people.removeText')}
        </ConfirmDialog>
      ) : null}
    </li>
  )
}
