import './security.css'
import {
  BadgeCheck,
  Lock,
  LockKeyhole,
  LockOpen,
  type LucideIcon,
  PenLine,
  ShieldAlert,
  TriangleAlert,
} from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageSecurity } from '../../../../shared/model/message-security'
import { useFormat } from '../../../i18n/use-format'
import { Button } from '../../../ui/button'
import { Icon } from '../../../ui/icon'
import { PopoverPanel } from '../../../ui/popover-panel'
import { type ClosedMessage, EnterPassphrase } from './enter-passphrase'
import { SecurityDetails } from './security-details'
import {
  encryptionWords,
  isClosed,
  isFromOtherTime,
  isWorthALine,
  type SecurityTone,
  toneOf,
  waitsForPassphrase,
  whyUnusable,
} from './security-state'
import { UnlockKey } from './unlock-key'

function iconOf(security: MessageSecurity, tone: SecurityTone): LucideIcon {
  const { encryption, signature } = security
  if (tone === 'danger') return ShieldAlert
  if (tone === 'warning') return TriangleAlert
  if (encryption === 'locked' || waitsForPassphrase(security)) return LockKeyhole
  if (encryption !== 'none') return Lock
  if (signature === 'none') return LockOpen
  return signature === 'good' ? BadgeCheck : PenLine
}

/** Encryption and signature in one sentence. The signer is named by the address of the key, never by a display name. */
function useSecurityWords(security: MessageSecurity): Readonly<{ strong: string; rest: string | null }> {
  const { t } = useTranslation('mail')
  const format = useFormat()
  const { signature, signer } = security
  const strong = t(`reader.security.encryption.${encryptionWords(security)}`)
  if (isClosed(security)) return { strong, rest: null }
  const signed = t(`reader.security.signature.${signature}`, { who: signer?.address ?? signer?.keyId ?? '' })
  if (signature === 'key-unusable')
    return { strong, rest: t(`reader.security.unusable.${whyUnusable(security)}`) }
  if (signature !== 'good' || signer === null) return { strong, rest: signed }
  const trust = t(`reader.security.trust.${signer.own ? 'own' : signer.trust}`)
  const when =
    signer.signedAtMs !== null && isFromOtherTime(security)
      ? [t('reader.security.signedOther', { when: format.fullDate(signer.signedAtMs) })]
      : []
  return { strong, rest: [signed, trust, ...when].join(', ') }
}

/**
 * What protects the message, in the chrome of the program above everything the mail can draw. One line a message, never
 * one a part (RFC 9787 §3).
 */
export function SecurityLine({
  security,
  message,
  onUnlocked,
  isAlwaysShown = false,
}: Readonly<{
  security: MessageSecurity
  message: ClosedMessage
  onUnlocked: () => void
  /** Says also that nothing protects it, where somebody could think that something does. */
  isAlwaysShown?: boolean
}>) {
  const { t } = useTranslation('mail')
  const [open, setOpen] = useState(false)
  const { strong, rest } = useSecurityWords(security)
  if (!isAlwaysShown && !isWorthALine(security)) return null
  const tone = toneOf(security)
  return (
    <section className={`security-line security-${tone}`} aria-label={t('reader.security.label')}>
      <Icon of={iconOf(security, tone)} />
      <p className="security-words selectable" role={tone === 'danger' ? 'alert' : 'status'}>
        <strong>{strong}</strong>
        {rest === null ? null : <span> · {rest}</span>}
      </p>
      {security.encryption === 'locked' ? (
        <UnlockKey neededKeys={security.neededKeys} onUnlocked={onUnlocked} />
      ) : null}
      {security.passphrase === 'opens' ? <EnterPassphrase message={message} onOpened={onUnlocked} /> : null}
      <PopoverPanel
        label={t('reader.security.label')}
        isOpen={open}
        onOpenChange={setOpen}
        placement="bottom end"
        trigger={<Button variant="plain">{t('reader.security.details')}</Button>}
      >
        <SecurityDetails security={security} />
      </PopoverPanel>
    </section>
  )
}
