import { useTranslation } from 'react-i18next'
import { Banner } from '../../../ui/feedback/banner'

const simpleHints = ['app-password', 'enable-imap', 'no-imap'] as const

/** What must be known of a provider before a password works there. Hints without words are not shown. */
export function ProviderHint({ hint, provider }: Readonly<{ hint: string | null; provider: string | null }>) {
  const { t } = useTranslation('accounts')
  if (hint === 'mailbox.org-app-password')
    return (
      <section className="provider-hint" aria-label={t('mailboxOrg.title')}>
        <h3 className="account-legend">{t('mailboxOrg.title')}</h3>
        <dl className="provider-hint-list">
          <dt>{t('mailboxOrg.mail')}</dt>
          <dd>{t('mailboxOrg.mailText')}</dd>
          <dt>{t('mailboxOrg.other')}</dt>
          <dd>{t('mailboxOrg.otherText')}</dd>
          <dt>{t('mailboxOrg.userName')}</dt>
          <dd>{t('mailboxOrg.userNameText')}</dd>
        </dl>
      </section>
    )
  const known = simpleHints.find(other => other === hint)
  if (known === undefined) return null
  return <Banner tone="notice">{t(`hint.${known}`, { provider: provider ?? t('hint.provider') })}</Banner>
}
