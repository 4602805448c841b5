import type { Fingerprint } from '../../../../../shared/features/keys/model'
import type { CollectionFacts } from '../../../../../shared/ipc/vault/collection-calls'
import { SiegelError } from '../../../../../shared/kit/result'
import type { CollectionPlace, EncryptedCollectionStore } from '../../../ports/dav/encrypted-collections'
import type { Needs } from '../../../ports/parts'

/** What encrypted collections are made with. */
export type Context = Needs<'clock' | 'dav' | 'random' | 'vault', 'openpgp' | 'transaction'> &
  Readonly<{ kept: EncryptedCollectionStore }>

/** Its own last part; nothing of whose or which program it is. */
const fileNames = {
  calendar: 'encrypted-collection-keys.ics',
  contacts: 'encrypted-collection-keys.vcf',
} as const

/** Where the keys of a collection lie. */
export const keyHref = ({ url, kind }: Pick<CollectionPlace, 'url' | 'kind'>): string =>
  `${new URL(url).pathname.replace(/\/?$/, '/')}${fileNames[kind]}`

/** Random, and of no program's form. */
export function randomName({ random }: Pick<Context, 'random'>): string {
  return Buffer.from(random.bytes(16)).toString('hex')
}

/** Those who are members now. */
export const membersOf = (facts: CollectionFacts): CollectionFacts['members'] =>
  facts.members.filter(({ until }) => until === null)

/** The own key that signs for a collection: the member's that can be used now. Throws `no-key`, `key-locked`. */
export async function signerOf(context: Context, facts: CollectionFacts): Promise<Fingerprint> {
  const own = membersOf(facts).filter(({ fingerprint }) => context.store.openpgp.ownKey(fingerprint) !== null)
  const unlocked = await context.vault.unlocked()
  const usable = own.find(({ fingerprint }) => unlocked.includes(fingerprint))
  if (usable) return usable.fingerprint
  const [first] = own
  if (first) throw new SiegelError('key-locked', { fingerprint: first.fingerprint })
  throw new SiegelError('no-key', {
    keyIds: membersOf(facts)
      .map(each => each.fingerprint.slice(-16))
      .join(' '),
  })
}
