import type { Fingerprint } from '../../shared/features/keys/model'
import type { MessageSecurity } from '../../shared/features/mail/message-security'
import { me, people } from './demo-people'

type Partly = Partial<MessageSecurity>

const keyIds = { me: '5d1f0a77c3be9214', hartmann: '9c27e41ab86035df', okafor: '31e8aa54f70b62c9' } as const

const signer = (address: string, keyId: string, trust: 'none' | 'verified') => ({
  fingerprint: `a1b2c3d4e5f60718293a4b5c${keyId}` as Fingerprint,
  keyId,
  address,
  trust,
  own: false,
  signedAtMs: Date.UTC(2026, 10, 23, 9, 42),
  problems: [],
})

const toMe = [{ keyId: keyIds.me, address: me.address }]

/** What the demo shows of protection. */
export const security: Readonly<
  Record<'verified' | 'unverified' | 'footer' | 'changed' | 'locked' | 'inline', Partly>
> = {
  verified: {
    encryption: 'encrypted',
    signature: 'good',
    signer: signer(people.hartmann.address, keyIds.hartmann, 'verified'),
    headerProtection: 'encrypted',
    protectedDiffers: ['subject'],
    recipients: [...toMe, { keyId: keyIds.hartmann, address: people.hartmann.address }],
  },
  unverified: {
    encryption: 'encrypted',
    signature: 'good',
    signer: signer(people.okafor.address, keyIds.okafor, 'none'),
    headerProtection: 'encrypted',
    recipients: toMe,
    hiddenRecipientCount: 1,
  },
  footer: {
    encryption: 'none',
    signature: 'partial',
    signer: signer(people.weiss.address, keyIds.okafor, 'verified'),
    warnings: [{ code: 'mailing-list-footer', detail: '' }],
  },
  changed: { encryption: 'failed', failure: 'no-integrity' },
  locked: { encryption: 'locked', failure: 'key-locked', neededKeys: [keyIds.me] },
  inline: {
    encryption: 'inline-encrypted',
    warnings: [
      { code: 'old-format', detail: '' },
      { code: 'content-outside-protection', detail: '' },
    ],
  },
}
