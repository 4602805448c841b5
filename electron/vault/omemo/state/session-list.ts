/** The sessions with one device of a peer, in one version: the first is the one that is sent with. */
import type { OmemoVersion } from '../../../../shared/ipc/vault/omemo-calls'
import { type Session, wipeSession } from '../ratchet/session'
import { Packer, Unpacker } from './packed'
import { openState, type SealPlace, sealState } from './seal'

/** Old sessions that still receive, and for how long. */
const mostSessions = 5
const keptMs = 30 * 86_400_000

/** Whose sessions these are. `identity`: the own one in its X25519 form; sessions of an earlier device of the account do not open. */
export type SessionsOf = Readonly<{
  accountId: string
  identity: Uint8Array
  version: OmemoVersion
  jid: string
  deviceId: number
}>

const nameOf = ({ accountId, identity, version, jid, deviceId }: SessionsOf) => [
  'sessions',
  accountId,
  Buffer.from(identity).toString('hex'),
  version,
  jid,
  deviceId,
]

/** The sessions with this one first, and without those that are too many or too old. */
export function withFirst(sessions: readonly Session[], first: Session, nowMs: number): Session[] {
  const others = sessions.filter(each => each !== first)
  const kept = others.slice(0, mostSessions - 1).filter(({ usedAtMs }) => nowMs - usedAtMs < keptMs)
  for (const each of others) if (!kept.includes(each)) wipeSession(each)
  return [first, ...kept]
}

export function sealSessions(
  sessions: readonly Session[],
  place: SealPlace,
  of: SessionsOf,
): Uint8Array<ArrayBuffer> {
  const packer = new Packer()
  packer.list(sessions, session => {
    packer
      .flag(session.isInitiator)
      .bytes(session.theirIdentity)
      .bytes(session.theirAgreementKey)
      .bytes(session.ephemeralKey)
      .optional(session.pending, each => packer.number(each.preKeyId).number(each.signedPreKeyId))
      .bytes(session.root)
      .bytes(session.own.secret)
      .bytes(session.own.key)
      .optional(session.theirs, each => packer.bytes(each))
      .optional(session.sending, each => packer.bytes(each.key).number(each.next))
      .optional(session.receiving, each => packer.bytes(each.key).number(each.next))
      .number(session.previous)
      .list(session.skipped, each =>
        packer.bytes(each.ratchetKey).number(each.counter).bytes(each.messageKey).flag(each.isGuess),
      )
      .list(session.past, each => packer.bytes(each))
      .number(session.usedAtMs)
  })
  return sealState(packer.done(), place, nameOf(of))
}

export function openSessions(sealed: Uint8Array, place: SealPlace, of: SessionsOf): Session[] | null {
  const opened = openState(sealed, place, nameOf(of))
  if (opened === null) return null
  const from = new Unpacker(opened)
  const chain = () => ({ key: from.bytes(), next: from.number() })
  const sessions = from.list(
    (): Session => ({
      isInitiator: from.flag(),
      theirIdentity: from.bytes(),
      theirAgreementKey: from.bytes(),
      ephemeralKey: from.bytes(),
      pending: from.optional(() => ({ preKeyId: from.number(), signedPreKeyId: from.number() })),
      root: from.bytes(),
      own: { secret: from.bytes(), key: from.bytes() },
      theirs: from.optional(() => from.bytes()),
      sending: from.optional(chain),
      receiving: from.optional(chain),
      previous: from.number(),
      skipped: from.list(() => ({
        ratchetKey: from.bytes(),
        counter: from.number(),
        messageKey: from.bytes(),
        isGuess: from.flag(),
      })),
      past: from.list(() => from.bytes()),
      usedAtMs: from.number(),
    }),
  )
  opened.fill(0)
  return sessions
}
