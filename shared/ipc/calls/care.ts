import { z } from 'zod'
import { accountId, mailboxId } from '../../model/ids'
import { doctorFinding, problem, settings, syncStatus } from '../../model/status'
import { type Calls, done, filePath, nothing } from './call'

/** Sync, settings and the care of the store. */
export const careCalls = {
  'sync.now': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: z.strictObject({ accountId: accountId.nullable() }),
    out: done,
  },
  'sync.status': { kind: 'query', host: 'engine', face: 'all', in: nothing, out: z.array(syncStatus) },
  /** Main tells the engine that the machine slept, woke or changed networks. */
  'sync.wake': { kind: 'command', host: 'engine', face: 'trusted', in: nothing, out: done },
  /** One complete pass, for the command line: folders, headers, bodies, queued tasks; answers when finished. */
  'sync.run': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ accountId: accountId.nullable(), mailboxId: mailboxId.nullable() }),
    out: z.object({
      folders: z.number(),
      messages: z.number(),
      new: z.number(),
      bytes: z.number(),
      elapsedMs: z.number(),
      problems: z.array(z.object({ accountId, problem })),
    }),
  },
  'settings.get': { kind: 'query', host: 'engine', face: 'all', in: nothing, out: settings },
  'settings.set': {
    kind: 'command',
    host: 'engine',
    face: 'all',
    in: settings.partial().strict(),
    out: settings,
  },
  'doctor.run': { kind: 'query', host: 'engine', face: 'all', in: nothing, out: z.array(doctorFinding) },
  /** The engine's log since it began, without addresses, hosts, subjects or names: to be read before it is given to anybody. */
  'log.report': {
    kind: 'query',
    host: 'engine',
    face: 'all',
    in: nothing,
    out: z.object({ text: z.string() }),
  },
  'store.backup': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ path: filePath }),
    out: z.object({ sizeBytes: z.number() }),
  },
  /** Ends what `store.backup` and `store.checkBackup` are at; they answer `cancelled`. */
  'store.stopBackup': { kind: 'command', host: 'engine', face: 'trusted', in: nothing, out: done },
  /** Opens a written backup with the key of the store, and reads every page of it. */
  'store.checkBackup': {
    kind: 'query',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ path: filePath }),
    out: done,
  },
} as const satisfies Calls
