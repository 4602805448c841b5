import { isSwitchedOff } from '../../../shared/features/accounts/services'
import type { CollectionStep, StepNoteKind } from '../../../shared/kit/collection-step'
import type { AccountId } from '../../../shared/kit/ids'
import { asError, asErrorCode } from '../../../shared/kit/result'
import type { Problem } from '../../../shared/kit/status'
import type { Arguments } from '../arguments'
import { refusalWords } from '../collections/encryption'
import { loadFolders } from '../folders'
import { type Session, withSession } from '../session'
import { watched } from '../watched'
import { errorWords } from '../words/error-words'
import type { Output } from '../words/output'

/** What a pass over collections came to, by their names. */
export type SyncedCollections = Readonly<{
  collections: readonly (CollectionStep & Readonly<{ name: string }>)[]
  notes: readonly Readonly<{ id: number; kind: StepNoteKind; second: number | null }>[]
  problems: readonly Readonly<{ problem: Problem }>[]
  /** How many things of these collections need somebody. */
  needsAttention: number
}>

type Kind = Readonly<{
  /** "calendar", "book": the field of its name in the result. */
  collection: string
  /** "Event", "Contact". */
  thing: string
  verb: string
  /** Tells what needs somebody. */
  waiting: string
}>

const noteWords: Readonly<Record<StepNoteKind, string>> = {
  merged: 'was changed here and on the server; both changes are in it',
  'kept-both':
    'was changed here and on the server in the same place. It is as the server has it; what was written here stands beside it:',
  'kept-theirs': 'was removed here and changed on the server; it is back',
  'kept-ours': 'was removed on the server and changed here; it is there again',
}

export const syncOptions = { account: { type: 'string' }, 'remove-many': { type: 'boolean' } } as const

/** Brings collections into step and prints what came of it; `call` asks for the pass. */
export async function syncCollections<T extends object>(
  options: Arguments,
  output: Output,
  { collection, thing, verb, waiting }: Kind,
  call: (
    session: Session,
    asked: { accountId: AccountId | null; removesMany: boolean },
  ) => Promise<SyncedCollections & Readonly<{ result: T }>>,
): Promise<void> {
  const address = options.text('account')
  const { report, switchedOff } = await withSession(options, async session => {
    const folders = await loadFolders(session)
    const accountId = address === undefined ? null : folders.account(address).id
    const report = await watched('Fetching', ({ signal, onProgress }) => {
      session.onEvent((name, payload) => {
        if (name === 'sync' && 'phase' in payload && payload.phase === 'objects' && payload.total > 0)
          onProgress(payload.done, payload.total)
      })
      signal.addEventListener('abort', () => void session.call('accounts.stopDav', { accountId }))
      return call(session, { accountId, removesMany: options.flag('remove-many') })
    })
    const switchedOff = accountId === null ? folders.accounts.filter(each => isSwitchedOff(each, 'dav')) : []
    return { report, switchedOff }
  })
  const { collections, notes, problems } = report
  const [first] = problems
  // Alone it is the answer; beside what came it is told.
  if (first && collections.length === 0)
    throw asError({ ...first.problem, code: asErrorCode(first.problem.code) })
  const words = problems.map(({ problem }) =>
    errorWords({ code: asErrorCode(problem.code), params: problem.params }),
  )
  const total = (name: 'received' | 'sent' | 'removed' | 'waiting') =>
    collections.reduce((sum, each) => sum + each[name], 0)
  output.result(
    {
      ...report.result,
      ...{ received: total('received'), sent: total('sent'), removed: total('removed') },
      ...{ waiting: total('waiting') },
      ...(first ? { error: { code: first.problem.code, message: words[0] ?? '' } } : {}),
    },
    () =>
      collections.map(
        each =>
          `${each.name}: ${each.received} fetched, ${each.sent} sent, ${each.removed} removed${each.waiting > 0 ? `, ${each.waiting} wait` : ''}`,
      ),
  )
  if (collections.length === 0 && problems.length === 0)
    output.note(`No server keeps a ${collection} for this; "account service test" shows what is found there`)
  for (const { id, kind, second } of notes)
    output.note(`${thing} ${id} ${noteWords[kind]}${second === null ? '' : ` ${second}`}`)
  for (const { refused, name } of collections)
    for (const { href, refusal } of refused)
      output.note(`${name}: ${href} ${refusalWords[refusal]}. It is not shown`)
  for (const { outcome, concerned, name } of collections) {
    if (outcome === 'asks-about-removal')
      output.note(
        `${name}: ${concerned} of this ${collection} are gone from the server, more than a third. They stay here; if that is meant, use "${verb} --remove-many"`,
      )
    if (outcome === 'gone') output.note(`${name} is gone from the server. What was in it is still here`)
    if (outcome === 'incomplete')
      output.note(`${name}: ${concerned} could not be read; they are asked for again`)
  }
  for (const line of words) output.note(line)
  const { needsAttention } = report
  if (needsAttention > 0)
    output.note(
      `${needsAttention} ${needsAttention === 1 ? 'thing needs' : 'things need'} your attention: "${waiting}"`,
    )
  for (const account of switchedOff)
    output.note(`Calendar and contacts of ${account.config.address} are switched off`)
  const isWhole = collections.every(
    ({ outcome, refused }) => refused.length === 0 && (outcome === 'done' || outcome === 'unchanged'),
  )
  if (first || !isWhole) process.exitCode = 1
}
