import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isAtMailboxOrg, mailboxOrgExit } from '../../../shared/features/accounts/mailbox-org'
import type { ImapAccountConfig } from '../../../shared/features/accounts/model'
import type { PinnedExit } from '../../../shared/features/network/model'
import { useHost } from '../../host/host-context'
import { runCommand } from '../../state/run-command'
import { Button } from '../../ui/actions/button'
import { TextField } from '../../ui/fields/text-field'
import { exitOf, fingerprintOf, withExit } from './exit-fields'

/** Pins the relay at which Tor is left for the servers of one account, with what that is good for and what not. */
export function ExitForm({
  config,
  exits,
  onSaved,
}: Readonly<{ config: ImapAccountConfig; exits: readonly PinnedExit[]; onSaved: () => void }>) {
  const { t } = useTranslation('accounts')
  const host = useHost()
  const [typed, setTyped] = useState<string | null>(null)
  const pinned = exitOf(config, exits)
  const text = typed ?? pinned ?? ''
  const fingerprint = fingerprintOf(text)
  const save = async (next: string | null) => {
    const done = await runCommand(host, 'tor.configure', { change: { exits: withExit(exits, config, next) } })
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
        description={isAtMailboxOrg(config) ? t('exit.check') : t('exit.where')}
        value={text}
        onChange={setTyped}
        maxLength={60}
        spellCheck="false"
      />
      <div className="account-actions">
        {isAtMailboxOrg(config) && fingerprint !== mailboxOrgExit ? (
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
