import type {
  CollectionKind,
  CollectionProtection,
} from '../../../../../shared/features/collection-encryption/model'
import { SiegelError } from '../../../../../shared/kit/result'
import type { KnownCollection } from '../../../ports/dav/dav-sync'
import type { CollectionPlace } from '../../../ports/dav/encrypted-collections'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'

type Context = Needs<'davSync' | 'encryptedCollections'>
type Asked = Readonly<{ kind: CollectionKind; collectionId: number }>

/** Calendars and address books of accounts, encrypted and decrypted. What has to change on the server is done by passes. */
export function collectionEncryptionUseCases(
  context: Context,
): Pick<
  UseCases,
  | 'collections.protection'
  | 'collections.encrypted'
  | 'collections.encrypt'
  | 'collections.decrypt'
  | 'collections.changeMembers'
> {
  const { encryptedCollections: collections, davSync } = context
  /** Answers how it stands, and has a pass do soon what has to be done. */
  const after = (asked: Asked, place: CollectionPlace): CollectionProtection => {
    davSync.syncNow(place.accountId)
    return protectionOf(context, asked)
  }
  return {
    'collections.protection': asked => protectionOf(context, asked),
    'collections.encrypted': () =>
      davSync.collections().flatMap(({ collectionId, place }) => {
        const { state } = collections.protection(place)
        return state === 'clear' ? [] : [{ kind: place.kind, collectionId, state }]
      }),
    'collections.encrypt': async ({ showsBusy, join, ...asked }) => {
      const place = requireWritable(context, asked)
      await collections.encrypt(place, { showsBusy, join })
      return after(asked, place)
    },
    'collections.decrypt': async asked => {
      const place = requireWritable(context, asked)
      await collections.decrypt(place)
      return after(asked, place)
    },
    'collections.changeMembers': async ({ add, remove, ...asked }) => {
      const place = requireWritable(context, asked)
      await collections.changeMembers(place, { add, remove })
      return after(asked, place)
    },
  }
}

const find = ({ davSync }: Context, { kind, collectionId }: Asked): KnownCollection | undefined =>
  davSync.collections().find(each => each.place.kind === kind && each.collectionId === collectionId)

function requireWritable(context: Context, asked: Asked): CollectionPlace {
  const found = find(context, asked)
  if (!found)
    throw new SiegelError('unsupported', {
      reason: 'what is on this machine only is encrypted with its profile',
    })
  if (!found.isReadOnly) return found.place
  const { name } = found.place
  if (asked.kind === 'calendar') throw new SiegelError('calendar-read-only', { name })
  throw new SiegelError('book-read-only', { name })
}

function protectionOf(context: Context, asked: Asked): CollectionProtection {
  const found = find(context, asked)
  if (!found)
    return {
      ...{ state: 'clear', showsBusy: false, members: [], madeBy: null },
      ...{ left: 0, staysClear: [], refused: [] },
    }
  const protection = context.encryptedCollections.protection(found.place)
  return {
    ...protection,
    staysClear: protection.staysClear.map(id => ({ id, title: context.davSync.titleOf(asked.kind, id) })),
  }
}
