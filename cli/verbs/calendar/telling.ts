import type { CallOutput } from '../../../shared/ipc/contract'
import type { Arguments } from '../../kit/arguments'
import { UsageError } from '../../kit/exit'
import type { Output } from '../../kit/words/output'

/** The language of whoever types: it says which comes first in 5/6. */
export const ownLanguage = (): 'de' | 'en' =>
  (process.env['LC_ALL'] || process.env['LANG'] || '').startsWith('de') ? 'de' : 'en'

/** Guests are told unless it is said otherwise: whoever names them means them. */
export function tellsOf(options: Arguments) {
  if (options.flag('no-invitations')) return null
  const language = options.text('language') ?? ownLanguage()
  if (language !== 'de' && language !== 'en') throw new UsageError('--language takes de or en')
  return { language, comment: options.text('comment') ?? '', inClear: options.flag('unencrypted') } as const
}

export const telling = {
  'no-invitations': { type: 'boolean' },
  comment: { type: 'string' },
  language: { type: 'string' },
  unencrypted: { type: 'boolean' },
} as const

export const tellingUsage = '[--no-invitations] [--comment T] [--language de|en] [--unencrypted]'

/** What guests were sent, as it is told. */
export const mailsOf = (done: Pick<CallOutput<'events.change'>, 'mails'>) =>
  done.mails.map(({ id, state, recipients, subject }) => ({ id, state, to: recipients, subject }))

type Mails = ReturnType<typeof mailsOf>

export const mailLines = (mails: Mails): string[] =>
  mails.map(({ to, state }) => `Told ${to.join(', ')}: the mail is ${state}.`)

/** A mail that neither went nor waits is a failure. */
export function failWhereUnsent(mails: Mails): void {
  if (mails.some(({ state }) => state !== 'sent' && state !== 'queued')) process.exitCode = 1
}

/** What became of a change. */
export function told(output: Output, done: CallOutput<'events.change'>, word: string): void {
  const [id = null] = done.eventIds
  const mails = mailsOf(done)
  output.result({ id, ids: done.eventIds, dropped: done.dropped, undoId: done.undoId, mails }, () => [
    word,
    ...mailLines(mails),
  ])
  failWhereUnsent(mails)
  if (done.dropped > 0)
    output.note(`${done.dropped} instances that had been changed by themselves have no place any more.`)
}
