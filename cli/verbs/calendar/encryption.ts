import type { CalendarId } from '../../../shared/features/calendar/model'
import type {
  CollectionProtection,
  ObjectRefusal,
} from '../../../shared/features/collection-encryption/model'
import { type Fingerprint, fingerprint } from '../../../shared/features/keys/model'
import type { CallOutput } from '../../../shared/ipc/contract'
import { asError, asErrorCode, SiegelError } from '../../../shared/kit/result'
import { UsageError } from '../../kit/exit'
import { type Session, withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'
import { errorWords } from '../../kit/words/error-words'
import type { Output } from '../../kit/words/output'
import { loadCalendars } from './naming'

/** What a server did, in words. */
export const refusalWords: Readonly<Record<ObjectRefusal, string>> = {
  malformed: 'is no encrypted object that can be read',
  'unknown-secret': 'is encrypted with a secret that the keys of the calendar do not have',
  'old-secret': 'is encrypted with a secret that somebody who was taken out still knows',
  changed: 'was changed on the server, or belongs somewhere else',
  'not-a-member': 'is signed by nobody who belonged to the calendar then',
  'rolled-back': 'is an older version than the one that was here already',
  'brought-back': 'was removed, and the server has brought it back',
  elsewhere: 'lies where another one lay, or is there twice',
  clear: 'is not encrypted: put there by the server or by a program that cannot do it',
}

const stateWords: Readonly<Record<CollectionProtection['state'], string>> = {
  clear: 'is not encrypted.',
  joinable: 'is encrypted by another machine. Join it: "calendar encrypt CALENDAR --join".',
  encrypting: 'is being encrypted.',
  encrypted: 'is encrypted.',
  decrypting: 'is being decrypted.',
}

const lines = (name: string, told: CollectionProtection): string[] => [
  `${name} ${stateWords[told.state]}${told.showsBusy && told.state !== 'clear' ? ' The server sees when something takes place.' : ''}`,
  ...told.members.map(
    each =>
      `  member: ${each.address || '(no address)'} ${each.fingerprint}${each.isOwn ? ', your own' : ''}`,
  ),
  ...(told.state === 'joinable'
    ? [`  made by: ${told.madeBy ?? 'nobody whose key is here and verified'}`]
    : []),
  ...(told.left > 0 ? [`  ${told.left} still have the other form`] : []),
  ...told.staysClear.map(
    ({ id, title }) => `  stays clear, because the server invites its guests: #${id} ${title}`,
  ),
  ...told.refused.map(({ href, refusal }) => `  not believed: ${href} ${refusalWords[refusal]}`),
]

type Report = CallOutput<'calendars.sync'>

/** One pass, which does what the switch asks for. */
async function pass(session: Session, calendarId: CalendarId): Promise<Report> {
  const { all } = await loadCalendars(session)
  const accountId = all.find(({ id }) => id === calendarId)?.accountId ?? null
  return session.call('calendars.sync', { accountId, removesMany: false })
}

async function tell(
  session: Session,
  output: Output,
  { calendarId, report }: { calendarId: CalendarId; report: Report | null },
): Promise<void> {
  const told = await session.call('calendars.protection', { calendarId })
  const calendars = await loadCalendars(session)
  const name = calendars.nameOf({ id: calendarId })
  const problem = report?.problems.find(
    each => each.calendarId === null || each.calendarId === calendarId,
  )?.problem
  const converted = report?.calendars.find(each => each.calendarId === calendarId)?.converted ?? 0
  const failure = problem && { ...problem, code: asErrorCode(problem.code) }
  if (failure && told.state === 'clear') throw asError(failure)
  output.result(
    {
      ...{ calendar: name, ...told, converted },
      ...(failure ? { error: { code: failure.code, message: errorWords(failure) } } : {}),
    },
    () => lines(name, told),
  )
  if (failure) output.note(errorWords(failure))
  if (failure || told.left > 0 || told.refused.length > 0) process.exitCode = 1
}

/** A key by its fingerprint, or by an address that has one: an own one, else the verified one in use. */
async function keyOf(session: Session, text: string): Promise<Fingerprint> {
  const wanted = text.toLowerCase().replace(/\s+/g, '')
  const parsed = fingerprint.safeParse(wanted)
  if (parsed.success) return parsed.data
  const own = (await session.call('keys.list', {})).filter(({ facts }) =>
    facts.userIds.some(({ address }) => address === wanted),
  )
  const others = (await session.call('keys.contacts', { address: wanted })).keys.filter(
    each => each.trust === 'verified',
  )
  const [found, more] = [...own, ...others]
  if (!found) throw new SiegelError('no-key', { keyIds: text })
  if (more) throw new UsageError(`${text} names several keys; take the fingerprint`)
  return found.facts.fingerprint
}

export const calendarEncryptionVerbs: readonly Verb[] = [
  {
    name: 'calendar encrypt',
    usage: 'calendar encrypt CALENDAR [--busy] [--join]',
    about:
      'Encrypt a calendar on its server; --busy leaves in sight when something takes place, --join takes part in one that another machine encrypted. Again: put right what the server did',
    options: { busy: { type: 'boolean' }, join: { type: 'boolean' } },
    positionals: [1, 1],
    async run(options, output) {
      const [calendar = ''] = options.positionals
      await withSession(options, async session => {
        const { id: calendarId } = (await loadCalendars(session)).find(calendar)
        await session.call('calendars.encrypt', {
          ...{ calendarId, showsBusy: options.flag('busy'), join: options.flag('join') },
        })
        await tell(session, output, { calendarId, report: await pass(session, calendarId) })
      })
    },
  },
  {
    name: 'calendar decrypt',
    usage: 'calendar decrypt CALENDAR',
    about: 'Put an encrypted calendar back on its server in clear',
    options: {},
    positionals: [1, 1],
    async run(options, output) {
      const [calendar = ''] = options.positionals
      await withSession(options, async session => {
        const { id: calendarId } = (await loadCalendars(session)).find(calendar)
        await session.call('calendars.decrypt', { calendarId })
        await tell(session, output, { calendarId, report: await pass(session, calendarId) })
      })
    },
  },
  {
    name: 'calendar members',
    usage: 'calendar members CALENDAR [add|remove ADDRESS|FINGERPRINT...]',
    about:
      'Show who reads an encrypted calendar, let somebody in whose key is verified, or take somebody out',
    options: {},
    positionals: [1, 50],
    async run(options, output) {
      const [calendar = '', what, ...names] = options.positionals
      if (what !== undefined && what !== 'add' && what !== 'remove')
        throw new UsageError('say add or remove, and then whom')
      if (what !== undefined && names.length === 0) throw new UsageError(`say whom to ${what}`)
      await withSession(options, async session => {
        const { id: calendarId } = (await loadCalendars(session)).find(calendar)
        if (what === undefined) {
          await tell(session, output, { calendarId, report: null })
          return
        }
        const keys: Fingerprint[] = []
        for (const name of names) keys.push(await keyOf(session, name))
        const change = what === 'add' ? { add: keys, remove: [] } : { add: [], remove: keys }
        await session.call('calendars.members', { calendarId, ...change })
        await tell(session, output, { calendarId, report: await pass(session, calendarId) })
      })
    },
  },
]
