import { resolve } from 'node:path'
import type { Draft } from '../../../shared/features/writing/model'
import { SiegelError } from '../../../shared/kit/result'
import { UsageError } from '../../kit/exit'
import { person } from '../../kit/folders'
import { type Session, withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'
import { printable } from '../../kit/words/output'

/** Throws `not-found` with the id as it was typed. */
async function draftOf(session: Session, text: string | undefined): Promise<Draft> {
  const found = (await session.call('drafts.list', {})).find(({ id }) => id === text)
  if (!found) throw new SiegelError('not-found', { what: 'draft', name: text ?? '' })
  return session.call('drafts.get', { draftId: found.id })
}

const draftLine = ({ id, content, attachments }: Draft): string =>
  `${String(id).padStart(5)}  ${content.to.map(person).join(', ') || '(nobody)'}  ${content.subject}${attachments.length > 0 ? `  (${attachments.length} attachments)` : ''}`

const attachmentLines = ({ attachments }: Draft): string[] =>
  attachments.map(
    ({ id, fileName, contentType, sizeBytes }) =>
      `${String(id).padStart(5)}  ${fileName}  ${contentType}  ${sizeBytes} bytes`,
  )

/** Drafts of this profile, those that "compose" keeps and those begun in the window. */
export const draftVerbs: readonly Verb[] = [
  {
    name: 'drafts list',
    usage: 'drafts list',
    about: 'List the drafts of this profile, with the ids that the other "drafts" verbs take',
    options: {},
    positionals: [0, 0],
    async run(options, output) {
      const drafts = await withSession(options, session => session.call('drafts.list', {}))
      output.result(drafts, () => drafts.map(draftLine))
    },
  },
  {
    name: 'drafts show',
    usage: 'drafts show ID',
    about: 'Show a draft, its attachments, and what sending it would do about encryption',
    options: {},
    positionals: [1, 1],
    async run(options, output) {
      await withSession(options, async session => {
        const draft = await draftOf(session, options.positionals[0])
        const plan = await session.call('keys.plan', { draftId: draft.id })
        const { content } = draft
        output.result({ ...draft, plan }, () => [
          `To:      ${content.to.map(person).join(', ')}`,
          ...(content.cc.length > 0 ? [`Cc:      ${content.cc.map(person).join(', ')}`] : []),
          ...(content.bcc.length > 0 ? [`Bcc:     ${content.bcc.map(person).join(', ')}`] : []),
          `Subject: ${content.subject}`,
          ...attachmentLines(draft),
          '',
          ...printable(content.text).split('\n'),
        ])
      })
    },
  },
  {
    name: 'drafts send',
    usage: 'drafts send ID',
    about: 'Send a draft as it is; waits as "send" does',
    options: {},
    positionals: [1, 1],
    async run(options, output) {
      await withSession(options, async session => {
        const { id } = await draftOf(session, options.positionals[0])
        const item = await session.call('outbox.send', { draftId: id, passphrase: null })
        output.result({ state: item.state, outboxId: item.id, recipients: item.recipients }, () => [
          item.state === 'sent'
            ? `Sent to ${item.recipients.join(', ')}.`
            : `In the outbox as ${item.id}: ${item.state}. See "outbox".`,
        ])
        if (item.state !== 'sent') process.exitCode = 1
      })
    },
  },
  {
    name: 'drafts discard',
    usage: 'drafts discard ID',
    about: 'Throw a draft away, here and at the next sync on the server',
    options: {},
    positionals: [1, 1],
    async run(options, output) {
      await withSession(options, async session => {
        const { id } = await draftOf(session, options.positionals[0])
        await session.call('drafts.discard', { draftId: id })
        output.result({ discarded: id }, () => [`Threw draft ${id} away.`])
      })
    },
  },
  {
    name: 'drafts attach',
    usage: 'drafts attach ID FILE…',
    about: 'Attach files to a draft',
    options: {},
    positionals: [2, 101],
    async run(options, output) {
      const [text, ...files] = options.positionals
      await withSession(options, async session => {
        const { id } = await draftOf(session, text)
        const paths = files.map(file => resolve(file))
        await session.call('drafts.addAttachmentFiles', { draftId: id, paths })
        const draft = await session.call('drafts.get', { draftId: id })
        output.result(draft.attachments, () => attachmentLines(draft))
      })
    },
  },
  {
    name: 'drafts detach',
    usage: 'drafts detach ID ATTACHMENT',
    about: 'Take an attachment off a draft; "drafts show" lists their ids',
    options: {},
    positionals: [2, 2],
    async run(options, output) {
      const [text, wanted] = options.positionals
      const attachmentId = Number(wanted)
      if (!Number.isInteger(attachmentId)) throw new UsageError(`"${wanted}" is not an ID`)
      await withSession(options, async session => {
        const { id, attachments } = await draftOf(session, text)
        if (!attachments.some(each => each.id === attachmentId))
          throw new SiegelError('not-found', { what: 'attachment', name: String(attachmentId) })
        await session.call('drafts.removeAttachment', { draftId: id, attachmentId })
        const draft = await session.call('drafts.get', { draftId: id })
        output.result(draft.attachments, () => attachmentLines(draft))
      })
    },
  },
]
