// The program that the kill tests kill: the real engine on a profile folder, doing one long job and printing a line
// whenever something was stored.
//   kill-child.ts open PROFILE | renew PROFILE | sync PROFILE | encrypt PROFILE ACCOUNT MAILBOX | decrypt PROFILE ACCOUNT MAILBOX |
//   kill-child.ts send PROFILE ACCOUNT TO SUBJECT TEXT
//   kill-child.ts calendars PROFILE | import PROFILE ARCHIVE MAILBOX | drafts PROFILE ACCOUNT COUNT FROM
import { accountId, mailboxId } from '../../shared/kit/ids'
import { openTestEngine } from './engine-in-test'

const [job, profile = '', ...rest] = process.argv.slice(2)

// Start-up is over, and opening begins.
if (job === 'open') process.stdout.write('begins\n')
const engine = await openTestEngine(profile, {
  emit: name => {
    if (name === 'changed') process.stdout.write('stored\n')
  },
})

switch (job) {
  // Opening brings the store to the newest schema.
  case 'open':
    break
  case 'renew':
    while ((await engine.call('search.renew', {})) !== null) process.stdout.write('stored\n')
    break
  case 'sync':
    await engine.call('sync.run', { accountId: null, mailboxId: null })
    break
  case 'calendars':
    process.stdout.write('begins\n')
    await engine.call('calendars.sync', { accountId: null })
    break
  case 'encrypt':
  case 'decrypt': {
    const [account, mailbox] = rest
    const kind = job === 'encrypt' ? 'back-catalogue' : 'decrypt'
    const mailboxIds = [mailboxId.parse(Number(mailbox))]
    process.stdout.write('begins\n')
    await engine.call('inboxEncryption.run', {
      accountId: accountId.parse(account),
      kind,
      mailboxIds,
      limit: null,
    })
    break
  }
  case 'import': {
    const [path = '', id] = rest
    await engine.call('mail.import', { path, mailboxId: mailboxId.parse(Number(id)) })
    break
  }
  case 'send': {
    const [account, to = '', subject = '', text = ''] = rest
    const draft = await engine.call('drafts.create', {
      mode: 'new',
      messageId: null,
      accountId: accountId.parse(account),
    })
    const content = {
      ...draft.content,
      ...{ to: [{ name: '', address: to }], subject, text },
      protection: { encrypt: 'on', sign: 'on' } as const,
    }
    await engine.call('drafts.save', { draftId: draft.id, content, revision: draft.revision })
    process.stdout.write('saved\n')
    await engine.call('outbox.send', { draftId: draft.id })
    break
  }
  case 'drafts': {
    const [account, count = '0', until = '0'] = rest
    for (let at = Number(until); at < Number(count); at += 1) {
      const draft = await engine.call('drafts.create', {
        mode: 'new',
        messageId: null,
        accountId: accountId.parse(account),
      })
      const content = { ...draft.content, subject: `Draft ${at}`, text: `What was typed in draft ${at}.` }
      await engine.call('drafts.save', { draftId: draft.id, content, revision: draft.revision })
      process.stdout.write(`saved ${at}\n`)
    }
    break
  }
  default:
    throw new Error(`unknown job ${job}`)
}
await engine.close()
