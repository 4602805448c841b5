import type {
  CollectionKind,
  CollectionProtection,
} from '../../../shared/features/collection-encryption/model'
import { type Fingerprint, fingerprint } from '../../../shared/features/keys/model'
import type { CollectionStep, ObjectRefusal } from '../../../shared/kit/collection-step'
import type { AccountId } from '../../../shared/kit/ids'
import { asError, asErrorCode, SiegelError } from '../../../shared/kit/result'
import type { Problem } from '../../../shared/kit/status'
import { UsageError } from '../exit'
import { type Session, withSession } from '../session'
import type { Verb } from '../verb'
import { errorWords } from '../words/error-words'
import type { Output } from '../words/output'

/** What a server did, in words. */
export const refusalWords: Readonly<Record<ObjectRefusal, string>> = {
  malformed: 'is no encrypted object that can be read',
  'unknown-secret': 'is encrypted with a secret that its keys do not have',
  'old-secret': 'is encrypted with a secret that somebody who was taken out still knows',
  changed: 'was changed on the server, or belongs somewhere else',
  'not-a-member': 'is signed by nobody who belonged to it then',
  'rolled-back': 'is an older version than the one that was here already',
  'brought-back': 'was removed, and the server has brought it back',
  elsewhere: 'lies where another one lay, or is there twice',
  clear: 'is not encrypted: put there by the server or by a program that cannot do it',
}

const stateWords: Readonly<Record<CollectionProtection['state'], string>> = {
  clear: 'is not encrypted.',
  joinable: 'is encrypted by another machine. Join it with --join.',
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

/** What of collections differs between calendars and address books. */
export type EncryptedKind = Readonly<{
  /** The first word of its verbs. */
  word: 'calendar' | 'contacts'
  kind: CollectionKind
  /** As the usage calls it. */
  named: 'CALENDAR' | 'BOOK'
  about: string
  load(session: Session): Promise<{
    find(text: string): { id: number; accountId: AccountId | null }
    nameOf(id: number): string
  }>
  /** One pass, which does what the switch asks for. */
  pass(session: Session, accountId: AccountId): Promise<PassTold>
}>

type PassTold = Readonly<{
  steps: readonly (CollectionStep & Readonly<{ id: number }>)[]
  problems: readonly Readonly<{ id: number | null; problem: Problem }>[]
}>

type Chosen = Readonly<{ id: number; accountId: AccountId | null; name: string }>

async function choose({ load }: EncryptedKind, session: Session, text: string): Promise<Chosen> {
  const names = await load(session)
  const { id, accountId } = names.find(text)
  return { id, accountId, name: names.nameOf(id) }
}

/** Has a pass do what was asked for, and says how it stands. */
async function tell(
  of: EncryptedKind,
  session: Session,
  output: Output,
  { chosen, isDone }: { chosen: Chosen; isDone: boolean },
): Promise<void> {
  const { id, accountId, name } = chosen
  const report = isDone || accountId === null ? null : await of.pass(session, accountId)
  const told = await session.call('collections.protection', { kind: of.kind, collectionId: id })
  const problem = report?.problems.find(each => each.id === null || each.id === id)?.problem
  const converted = report?.steps.find(each => each.id === id)?.converted ?? 0
  const failure = problem && { ...problem, code: asErrorCode(problem.code) }
  if (failure && told.state === 'clear') throw asError(failure)
  output.result(
    {
      ...{ [of.kind === 'calendar' ? 'calendar' : 'book']: name, ...told, converted },
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

/** The verbs that encrypt and decrypt collections of one kind, and say who reads them. */
export const encryptionVerbs = (of: EncryptedKind): readonly Verb[] => [
  {
    name: `${of.word} encrypt`,
    usage: `${of.word} encrypt ${of.named}${of.kind === 'calendar' ? ' [--busy]' : ''} [--join]`,
    about: `Encrypt ${of.about} on its server;${of.kind === 'calendar' ? ' --busy leaves in sight when something takes place,' : ''} --join takes part in one that another machine encrypted. Again: put right what the server did`,
    options: { ...(of.kind === 'calendar' ? { busy: { type: 'boolean' } } : {}), join: { type: 'boolean' } },
    positionals: [1, 1],
    async run(options, output) {
      const [text = ''] = options.positionals
      await withSession(options, async session => {
        const chosen = await choose(of, session, text)
        await session.call('collections.encrypt', {
          ...{ kind: of.kind, collectionId: chosen.id, join: options.flag('join') },
          showsBusy: of.kind === 'calendar' && options.flag('busy'),
        })
        await tell(of, session, output, { chosen, isDone: false })
      })
    },
  },
  {
    name: `${of.word} decrypt`,
    usage: `${of.word} decrypt ${of.named}`,
    about: `Put ${of.about} that is encrypted back on its server in clear`,
    options: {},
    positionals: [1, 1],
    async run(options, output) {
      const [text = ''] = options.positionals
      await withSession(options, async session => {
        const chosen = await choose(of, session, text)
        await session.call('collections.decrypt', { kind: of.kind, collectionId: chosen.id })
        await tell(of, session, output, { chosen, isDone: false })
      })
    },
  },
  {
    name: `${of.word} members`,
    usage: `${of.word} members ${of.named} [add|remove ADDRESS|FINGERPRINT...]`,
    about: `Show who reads ${of.about} that is encrypted, let somebody in whose key is verified, or take somebody out`,
    options: {},
    positionals: [1, 50],
    async run(options, output) {
      const [text = '', what, ...names] = options.positionals
      if (what !== undefined && what !== 'add' && what !== 'remove')
        throw new UsageError('say add or remove, and then whom')
      if (what !== undefined && names.length === 0) throw new UsageError(`say whom to ${what}`)
      await withSession(options, async session => {
        const chosen = await choose(of, session, text)
        if (what !== undefined) {
          const keys: Fingerprint[] = []
          for (const name of names) keys.push(await keyOf(session, name))
          const change = what === 'add' ? { add: keys, remove: [] } : { add: [], remove: keys }
          await session.call('collections.changeMembers', {
            ...{ kind: of.kind, collectionId: chosen.id, ...change },
          })
        }
        await tell(of, session, output, { chosen, isDone: what === undefined })
      })
    },
  },
]
