import type {
  Invitation,
  InvitationKind,
  InvitationWarning,
} from '../../../shared/features/calendar/invitations/model'
import type { CalendarId } from '../../../shared/features/calendar/model'
import type { CallInput, CallOutput } from '../../../shared/ipc/contract'
import type { MessageId } from '../../../shared/kit/ids'
import { SiegelError } from '../../../shared/kit/result'
import type { Arguments } from '../../kit/arguments'
import { UsageError } from '../../kit/exit'
import { oneId } from '../../kit/folders'
import { type Session, withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'
import { whenIn } from './event-options'
import { eventIdOf, eventJson, inZone, loadCalendars, type NamedCalendars, zoneOf } from './naming'
import { ownLanguage } from './telling'

const kindWords: Readonly<Record<InvitationKind, string>> = {
  offer: 'an invitation',
  difference: 'a new version of an event that is here',
  update: 'a small change of an event that is here',
  instance: 'one instance of a series that is here',
  'already-there': 'known already',
  superseded: 'older than what is here',
  'not-invited': 'an invitation to somebody else',
  inert: 'not clear, nothing is done with it',
  unsupported: 'something else than an event, nothing is done with it',
  refused: 'refused',
  answer: 'an answer',
  'answer-to-old': 'an answer to an earlier version',
  'stranger-answers': 'an answer of somebody who was not invited',
  delegated: 'handed on to somebody else',
  cancelled: 'called off',
  'instance-cancelled': 'one instance is called off',
  uninvited: 'you are no longer invited',
  'others-uninvited': 'others are no longer invited',
  remembered: 'called off; the invitation did not come yet',
  'cancelled-before': 'called off already',
  counter: 'another time is proposed',
  'counter-to-old': 'another time is proposed for an earlier version',
  'counter-declined': 'the time that you proposed is not taken',
  added: 'one more instance of a series that is here',
  'refresh-first': 'an instance of a series that is not here',
  refresh: 'somebody asks for the event once more',
  published: 'an event to be copied; nobody asks for an answer',
}

const warningWords: Readonly<Record<InvitationWarning, string>> = {
  'sender-differs': 'The sender is not who speaks in it',
  'signer-differs': 'It is signed by somebody else than who speaks in it',
  forwarded: 'A guest passed it on, it does not come from who invites',
  'handed-on': 'A guest hands it on to you and does not come; it is not from who invites',
  'third-party': 'It was sent by somebody who is not in it',
  'not-invited': 'None of your addresses is invited',
  'no-organizer': 'It names nobody who invites, so nobody can be answered',
}

const invitationJson = (found: Invitation, calendars: NamedCalendars, zone: string) => {
  const { event, stored, calendarId, conflicts, myAnswer, ...rest } = found
  const at = (ms: number): string => inZone(ms, zone)
  return {
    ...rest,
    start: event && (event.days ? event.days.from : at(event.startMs)),
    end: event && (event.days ? event.days.to : at(event.endMs)),
    allDay: event?.days != null,
    zone: event?.zone ?? null,
    location: event?.location ?? '',
    description: event?.description ?? '',
    rrule: event?.rule ?? null,
    attendees: event?.attendees ?? [],
    recurrenceIds: found.instances.flatMap(each => (each === null ? [] : [at(each)])),
    eventId: stored?.eventId ?? null,
    calendar: calendarId === null ? null : calendars.nameOf({ id: calendarId }),
    answer: myAnswer && {
      ...myAnswer,
      at: myAnswer.atMs === 0 ? null : new Date(myAnswer.atMs).toISOString(),
    },
    conflicts: conflicts.map(each => eventJson(each, calendars, zone)),
  }
}
type InvitationJson = ReturnType<typeof invitationJson>

function linesOf(each: InvitationJson): string[] {
  const people = each.attendees.map(
    ({ name, address, status }) => `${name || address} (${status.toLowerCase()})`,
  )
  return [
    `${each.method}: ${each.title || '(without a title)'}: ${kindWords[each.kind]}${each.refusal === null ? '' : ` (${each.refusal})`}`,
    ...(each.problem === null
      ? []
      : [`! Its METHOD is not clear (${each.problem}); nothing is done with it`]),
    ...each.warnings.map(warning => `! ${warningWords[warning]}`),
    ...(each.start === null
      ? []
      : [`when: ${each.start} to ${each.end}${each.zone === null ? '' : ` ${each.zone}`}`]),
    ...(each.rrule === null ? [] : [`repeats: ${each.rrule}`]),
    ...(each.location === '' ? [] : [`where: ${each.location}`]),
    ...(each.organizer === null ? [] : [`invites: ${each.organizer.name || each.organizer.address}`]),
    ...(people.length === 0 ? [] : [`invited: ${people.join(', ')}`]),
    ...(each.who === '' ? [] : [`says: ${each.who} ${each.whoStatus.toLowerCase()}`]),
    ...(each.comment === '' ? [] : [`comment: ${each.comment}`]),
    ...each.changes.map(change => `changed: ${change.what}`),
    ...each.conflicts.map(({ title, start }) => `at the same time: ${title} ${start}`),
    ...(each.answer === null
      ? []
      : [
          `your answer: ${each.answer.status.toLowerCase()}${each.answer.sending === null ? '' : ` (mail: ${each.answer.sending})`}`,
        ]),
  ]
}

/** The invitations of a message. Throws `not-found` where there are none. */
async function lookAt(session: Session, messageId: MessageId, options: Arguments): Promise<Invitation[]> {
  const all = await session.call('invitations.look', { messageId, zone: zoneOf(options) })
  const uid = options.text('uid')
  const meant = uid === undefined ? all : all.filter(each => each.uid === uid)
  if (meant.length === 0) throw new SiegelError('not-found', { what: 'invitation' })
  return meant
}

type Answered = CallOutput<'invitations.respond'>

const answeredJson = (uid: string, { eventId, mail, undoId }: Answered) => ({
  ...{ uid, eventId, undoId },
  mail: mail && { id: mail.id, state: mail.state, to: mail.recipients, subject: mail.subject },
})

const common = {
  uid: { type: 'string' },
  calendar: { type: 'string' },
  language: { type: 'string' },
  zone: { type: 'string' },
  unencrypted: { type: 'boolean' },
} as const

const commonUsage = '[--uid UID] [--calendar C] [--language de|en] [--unencrypted] [--zone IANA]'

/** What the verbs that answer have in common. */
async function commonOf(session: Session, options: Arguments) {
  const language = options.text('language') ?? ownLanguage()
  if (language !== 'de' && language !== 'en') throw new UsageError('--language takes de or en')
  const name = options.text('calendar')
  const calendarId: CalendarId | null =
    name === undefined ? null : (await loadCalendars(session)).find(name).id
  return { language, calendarId, inClear: options.flag('unencrypted'), zone: zoneOf(options) } as const
}

/** Of who invites, to a guest who proposes another time; null: it is something else that is answered. */
async function answerToProposal(
  session: Session,
  kind: InvitationKind,
  answer: 'accept' | 'tentative' | 'decline' | undefined,
  { comment, calendarId, ...which }: CallInput<'invitations.apply'> & { comment: string },
): Promise<Answered | null> {
  if (kind !== 'counter' && kind !== 'counter-to-old') return null
  if (answer === 'decline') return session.call('invitations.declineCounter', { ...which, comment })
  return answer === 'accept' && kind === 'counter'
    ? session.call('invitations.apply', { ...which, calendarId })
    : null
}

export const invitationVerbs: readonly Verb[] = [
  {
    name: 'calendar invitation',
    usage: 'calendar invitation MESSAGE-ID [--uid UID] [--zone IANA]',
    about:
      'Show what a message asks for: an invitation, a change, a cancellation or an answer. Changes nothing',
    options: { uid: { type: 'string' }, zone: { type: 'string' } },
    positionals: [1, 1],
    async run(options, output) {
      const messageId = oneId(options.positionals)
      const all = await withSession(options, async session => {
        const found = await lookAt(session, messageId, options)
        const calendars = await loadCalendars(session)
        return found.map(each => invitationJson(each, calendars, zoneOf(options)))
      })
      const [first] = all
      output.result({ ...first, invitations: all }, () => all.flatMap(linesOf))
    },
  },
  {
    name: 'calendar respond',
    usage: `calendar respond MESSAGE-ID --accept|--tentative|--decline|--propose ISO --until ISO|--delegate ADDRESS [--comment T] [--by-mail] ${commonUsage}`,
    about:
      'Answer an invitation: the event goes into a calendar, the answer to who invites. Of another time that a guest proposes: --accept moves the event and tells every guest, --decline keeps it and tells that one',
    options: {
      ...common,
      accept: { type: 'boolean' },
      tentative: { type: 'boolean' },
      decline: { type: 'boolean' },
      propose: { type: 'string' },
      until: { type: 'string' },
      delegate: { type: 'string' },
      comment: { type: 'string' },
      'by-mail': { type: 'boolean' },
    },
    positionals: [1, 1],
    async run(options, output) {
      const messageId = oneId(options.positionals)
      const answers = (['accept', 'tentative', 'decline'] as const).filter(each => options.flag(each))
      const [propose, until, delegate] = [
        options.text('propose'),
        options.text('until'),
        options.text('delegate'),
      ]
      const count = answers.length + Number(propose !== undefined) + Number(delegate !== undefined)
      if (count !== 1)
        throw new UsageError('one of --accept, --tentative, --decline, --propose and --delegate is needed')
      if ((propose === undefined) !== (until === undefined)) throw new UsageError('--propose needs --until')
      const comment = options.text('comment') ?? ''
      const done = await withSession(options, async session => {
        const found = await lookAt(session, messageId, options)
        const wishes = await commonOf(session, options)
        // Several events in one message are answered with one word, but for those that ask nothing.
        const asked = found.some(each => each.canAnswer)
          ? found.filter(each => each.canAnswer)
          : found.slice(0, 1)
        const results = []
        for (const { uid, kind } of asked) {
          const proposed = await answerToProposal(session, kind, answers[0], {
            ...{ messageId, uid, comment, ...wishes },
          })
          if (proposed !== null) {
            results.push(answeredJson(uid, proposed))
            continue
          }
          const about = { messageId, uid, comment, byMail: options.flag('by-mail'), ...wishes }
          const [answer] = answers
          const result =
            propose !== undefined && until !== undefined
              ? await session.call('invitations.counter', {
                  ...{ ...about, start: whenIn(propose, wishes.zone), end: whenIn(until, wishes.zone) },
                })
              : delegate !== undefined
                ? await session.call('invitations.delegate', { ...about, to: delegate })
                : await session.call('invitations.respond', {
                    ...about,
                    answer:
                      answer === 'accept' ? 'accepted' : answer === 'decline' ? 'declined' : 'tentative',
                  })
          results.push(answeredJson(uid, result))
        }
        return results
      })
      const [first] = done
      output.result({ ...first, answers: done }, () =>
        done.map(({ mail }) =>
          mail === null
            ? 'Answered here; no mail goes from here. Where the calendar is on a server that sends answers, the next "calendar sync" brings it there.'
            : `Answered; the mail to ${mail.to.join(', ')} is ${mail.state}.`,
        ),
      )
      if (done.some(({ mail }) => mail !== null && mail.state !== 'sent' && mail.state !== 'queued'))
        process.exitCode = 1
    },
  },
  {
    name: 'calendar send-invitations',
    usage:
      'calendar send-invitations ID [--all] [--comment T] [--language de|en] [--unencrypted] [--zone IANA]',
    about:
      'Send the invitation by mail to guests whom the server of the calendar could not reach ("calendar show ID" names them), or with --all to every guest',
    options: {
      all: { type: 'boolean' },
      comment: { type: 'string' },
      language: { type: 'string' },
      zone: { type: 'string' },
      unencrypted: { type: 'boolean' },
    },
    positionals: [1, 1],
    async run(options, output) {
      const eventId = eventIdOf(options.positionals[0])
      const language = options.text('language') ?? ownLanguage()
      if (language !== 'de' && language !== 'en') throw new UsageError('--language takes de or en')
      const { mails } = await withSession(options, session =>
        session.call('invitations.sendByMail', {
          ...{ eventId, zone: zoneOf(options), comment: options.text('comment') ?? '', language },
          ...{ inClear: options.flag('unencrypted'), everybody: options.flag('all') },
        }),
      )
      const sent = mails.map(({ id, state, recipients, subject }) => ({ id, state, to: recipients, subject }))
      output.result({ id: eventId, mails: sent }, () =>
        sent.length === 0
          ? [options.flag('all') ? 'It has no guests.' : 'The server reached everybody, or did not say yet.']
          : sent.map(({ to, state }) => `The mail to ${to.join(', ')} is ${state}.`),
      )
    },
  },
  {
    name: 'calendar apply',
    usage: `calendar apply MESSAGE-ID ${commonUsage}`,
    about: 'Take in what a message brings: an answer, a change, a cancellation, a copy, a proposed time',
    options: common,
    positionals: [1, 1],
    async run(options, output) {
      const messageId = oneId(options.positionals)
      const done = await withSession(options, async session => {
        const wishes = await commonOf(session, options)
        const results = []
        for (const { uid } of await lookAt(session, messageId, options))
          results.push(
            answeredJson(uid, await session.call('invitations.apply', { messageId, uid, ...wishes })),
          )
        return results
      })
      const [first] = done
      output.result({ ...first, applied: done }, () =>
        done.map(({ eventId }) =>
          eventId === null ? 'Remembered.' : `Event ${eventId} is as the message has it.`,
        ),
      )
    },
  },
]
