import type { TransportLevelName } from '../../../../../../shared/features/network/transport'
import type {
  MessageReader,
  Protection,
  Readability,
  WayLevel,
} from '../../../../../../shared/features/writing/readability'

/** One recipient as far as it matters for who reads along. */
export type AddressedTo = Readonly<{
  address: string
  domain: string
  /** Who runs the domain's mail servers; the domain itself where that is not known. */
  provider: string
  level: TransportLevelName
  protection: Protection
  isBlind: boolean
}>

const weakestFirst: readonly WayLevel[] = ['none', 'unknown', 'enforced', 'dane', 'inside']

/**
 * Who can read a message: the sender, both providers, the network between them, the recipients. Of an encrypted message
 * all but sender and recipients have only what stands outside. One recipient who gets it unencrypted opens it to
 * everybody on the way to that recipient, and to the own provider. Says nothing that it cannot know: a proved way is the
 * provider's to take.
 */
export function whoCanRead(message: {
  /** `provider` is null for an account that lives on this machine only. */
  own: Readonly<{ address: string; provider: string | null }>
  recipients: readonly AddressedTo[]
  hidesSubject: boolean
}): Readability {
  const { own, recipients } = message
  if (recipients.length === 0) return { readers: [], metadata: [], onTheWay: null }
  const wayTo = (recipient: AddressedTo): WayLevel =>
    recipient.provider === own.provider ? 'inside' : recipient.level
  const readsOf = (some: readonly AddressedTo[]): 'everything' | 'outside' =>
    some.some(({ protection }) => protection === 'none') ? 'everything' : 'outside'
  const ways = weakestFirst.filter(level => recipients.some(recipient => wayTo(recipient) === level))

  const network = ways.flatMap((level): MessageReader[] => {
    const some = recipients.filter(recipient => wayTo(recipient) === level)
    if (level === 'inside') return []
    const isClosed = level === 'dane' || level === 'enforced'
    const names = unique(some.map(({ domain }) => domain))
    return [{ who: 'network', names, reads: isClosed ? 'nothing' : readsOf(some), isSure: false, level }]
  })
  const others = unique(recipients.map(({ provider }) => provider)).filter(name => name !== own.provider)
  const providers = (['everything', 'outside'] as const).flatMap((reads): MessageReader[] => {
    const names = others.filter(
      name => readsOf(recipients.filter(({ provider }) => provider === name)) === reads,
    )
    return names.length === 0 ? [] : [{ who: 'provider', names, reads, isSure: true, level: null }]
  })
  const sure = { isSure: true, level: null }
  return {
    readers: [
      { who: 'you', names: [own.address], reads: 'everything', ...sure },
      ...(own.provider === null
        ? []
        : [{ who: 'own-provider' as const, names: [own.provider], reads: readsOf(recipients), ...sure }]),
      ...network,
      ...providers,
      {
        who: 'recipients',
        names: unique(recipients.map(({ address }) => address)),
        reads: 'everything',
        ...sure,
      },
    ],
    metadata: [
      { item: 'addresses', isHidden: false },
      ...(recipients.some(({ isBlind }) => isBlind) ? [{ item: 'blind' as const, isHidden: false }] : []),
      { item: 'subject', isHidden: message.hidesSubject && readsOf(recipients) === 'outside' },
      { item: 'time', isHidden: false },
      { item: 'size', isHidden: false },
    ],
    onTheWay: ways[0] ?? null,
  }
}

const unique = (names: readonly string[]): string[] => [...new Set(names)]
