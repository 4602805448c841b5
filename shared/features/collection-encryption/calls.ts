import { z } from 'zod'
import { type Calls, nothing } from '../../ipc/call'
import { fingerprint } from '../keys/model'
import { collectionKind, collectionProtection } from './model'

/** A calendar or an address book, by its own number. */
const place = { kind: collectionKind, collectionId: z.number().int().positive() }

/** Calendars and address books of accounts, encrypted on their servers. */
export const collectionEncryptionCalls = {
  /** As the last pass left it. */
  'collections.protection': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: z.strictObject(place),
    out: collectionProtection,
  },
  /** Those that are not clear. */
  'collections.encrypted': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: nothing,
    out: z.array(z.object({ ...place, state: collectionProtection.shape.state })),
  },
  /**
   * Encrypts it, object by object, with the passes that follow; with `showsBusy` the server and other programs still see when an event takes place. Where another machine
   * encrypted it, `join` takes its keys. Called again, it puts right what the server did to it. Throws `no-key`, `key-locked`, `key-not-backed-up`,
   * `collection-encrypted`, `collection-keys-refused`.
   */
  'collections.encrypt': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ ...place, showsBusy: z.boolean(), join: z.boolean() }),
    out: collectionProtection,
  },
  'collections.decrypt': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject(place),
    out: collectionProtection,
  },
  /** Who reads it. Whoever is taken out keeps what they saw, and sees nothing new. Throws `no-key` for a key that is neither own nor verified. */
  'collections.changeMembers': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({
      ...place,
      add: z.array(fingerprint).max(100),
      remove: z.array(fingerprint).max(100),
    }),
    out: collectionProtection,
  },
} as const satisfies Calls
