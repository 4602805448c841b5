import type { MailboxId, MessageId } from '../../../shared/kit/ids'
import type { Gnupg } from '../../support/gnupg'
import { defaultHeader, encryptedMime, entity, type HeaderOf } from '../../support/protected-mail'
import { answerDialogs } from './drive'
import type { Launched } from './launch'
import { pageCalls } from './page-calls'

const reader = 'bert@example.org'

/** A profile with one local account whose key GnuPG knows; answers the mailbox that messages are imported into. */
export async function profileWithKey({ page }: Pick<Launched, 'page'>, gpg: Gnupg): Promise<MailboxId> {
  const call = pageCalls(page)
  await call('app.createProfile', { custody: 'keychain', passphrase: null })
  const account = await call('accounts.add', {
    config: { address: 'local', displayName: '', services: {} },
    password: null,
  })
  const owner = { name: 'Bert', address: reader, accountId: account.id }
  const key = await call('keys.generate', { ...owner, version: 4, expiresAtMs: null })
  gpg.import((await call('keys.exportPublic', { fingerprint: key.facts.fingerprint })).armored)
  const mailboxes = await call('mailboxes.list', {})
  const mailbox = mailboxes.find(each => each.accountId === account.id && each.selectable)
  if (mailbox === undefined) throw new Error('no mailbox')
  return mailbox.id
}

/** A message with one attachment, encrypted by GnuPG to the key of the profile. */
export function encryptedMail(gpg: Gnupg, attachment: Uint8Array, header: HeaderOf = {}): string {
  const lines = Buffer.from(attachment).toString('base64').replace(/.{76}/g, '$&\r\n')
  const file = {
    'Content-Type': 'application/octet-stream; name="a.bin"',
    'Content-Transfer-Encoding': 'base64',
  }
  return encryptedMime(gpg.encrypted(entity(file, lines), [reader]), { ...defaultHeader, ...header })
}

/** Imports a file or a directory through main's own window, as a person would; answers the messages, newest first. */
export async function importMail(
  { app, page }: Pick<Launched, 'app' | 'page'>,
  mailboxId: MailboxId,
  path: string,
  from: 'file' | 'directory' = 'file',
): Promise<readonly MessageId[]> {
  await answerDialogs(app, { open: [path] })
  const call = pageCalls(page)
  await call('files.import', { mailboxId, from })
  return (await call('messages.index', { mailboxId, role: null, unreadOnly: false, flaggedOnly: false })).ids
}
