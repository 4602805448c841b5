import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isAtMailboxOrg, mailboxOrgExit } from '../../../../shared/features/accounts/mailbox-org'
import type { MailService } from '../../../../shared/features/accounts/model'
import type { PinnedExit } from '../../../../shared/features/network/model'
import { useHost } from '../../../host/host-context'
import { runCommand } from '../../../state/run-command'
import { Button } from '../../../ui/actions/button'
import { TextField } from '../../../ui/fields/text-field'
import { exitOf, fingerprintOf, withExit } from './exit-fields'

/** Pins the relay at which Tor is left for the servers of one account, with what that is good for and what not. */
export function ExitForm({
  mail,
  exits,
  onSaved,
}: Readonly<{ mail: MailService; exits: readonly PinnedExit[]; onSaved: () => void }>) {
  const { t } = useTranslation('accounts')
  const host = useHost()
  const [typed, setTyped] = useState<string | null>(null)
  const pinned = exitOf(mail, exits)
  const text = typed ?? pinned ?? ''
  const fingerprint = fingerprintOf(text)
  const save = async (next: string | null) => {
    const done = await runCommand(host, 'tor.configure', { change: { exits: withExit(exits, mail, next) } })
    if (done?.changed === true) setTyped(null)
    onSaved()
  }
  return (
    <form
      className="account-exit"
      onSubmit={event => {
        event.preventDefault()
        if (fingerprint !== null) void save(fingerprint)
      }}
    >
      <h3 className="account-exit-title">{t('exit.title')}</h3>
      <p className="ui-description">{t('exit.good')}</p>
      <p className="ui-description">{t('exit.limits')}</p>
      {pinned === undefined ? <p className="ui-error">{t('exit.different')}</p> : null}
      <TextField
        label={t('exit.fingerprint')}
        description={isAtMailboxOrg(mail) ? t('exit.check') : t('exit.where')}
        value={text}
        onChange={setTyped}
        maxLength={60}
        spellCheck="false"
      />
      <div className="account-actions">
        {isAtMailboxOrg(mail) && fingerprint !== mailboxOrgExit ? (
          <Button onPress={() => setTyped(mailboxOrgExit)}>{t('exit.mailboxOrg')}</Button>
        ) : null}
        <span className="account-space" />
        {pinned === null ? null : <Button onPress={() => void save(null)}>{t('exit.remove')}</Button>}
        <Button type="submit" isDisabled={fingerprint === null || fingerprint === pinned}>
          {t('exit.use')}
        </Button>
      </div>
    </form>
  )
}
