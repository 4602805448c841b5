import { z } from 'zod'
import { accountCalls } from '../features/accounts/calls'
import { alarmCalls } from '../features/alarms/calls'
import { alarmNews } from '../features/alarms/model'
import { calendarCalls } from '../features/calendar/calls'
import { invitationCalls } from '../features/calendar/invitations/calls'
import { subscriptionCalls } from '../features/calendar/subscriptions/calls'
import { chatCalls } from '../features/chat/calls'
import { chatNews } from '../features/chat/model'
import { collectionEncryptionCalls } from '../features/collection-encryption/calls'
import { contactCalls } from '../features/contacts/calls'
import { findCalls } from '../features/find/calls'
import { inboxEncryptionCalls } from '../features/inbox-encryption/calls'
import { keyCalls } from '../features/keys/calls'
import { bodyCalls } from '../features/mail/body-calls'
import { bodyPlace } from '../features/mail/body-fit'
import { mailCalls } from '../features/mail/calls'
import { meetingCalls } from '../features/meetings/calls'
import { networkCalls } from '../features/network/calls'
import { profileCalls } from '../features/profile/calls'
import { careCalls } from '../features/profile/care-calls'
import { todoCalls } from '../features/todos/calls'
import { writingCalls } from '../features/writing/calls'
import { appStatus, preferences, syncStatus } from '../kit/status'
import { appCalls } from './app-calls'
import { command, notice, pageCalls, progressJob } from './page-calls'
import { type ChangedEntity, type ChangeKind, changeKinds, isKindOf } from './stale/changes'

/**
 * The one contract between the faces (window, command line), main and the engine; what a call is stands in
 * `calls/call.ts`.
 */
export const contract = {
  ...appCalls,
  ...profileCalls,
  ...pageCalls,
  ...bodyCalls,
  ...accountCalls,
  ...mailCalls,
  ...contactCalls,
  ...writingCalls,
  ...keyCalls,
  ...networkCalls,
  ...inboxEncryptionCalls,
  ...careCalls,
  ...calendarCalls,
  ...collectionEncryptionCalls,
  ...invitationCalls,
  ...subscriptionCalls,
  ...alarmCalls,
  ...todoCalls,
  ...chatCalls,
  ...meetingCalls,
  ...findCalls,
} as const

export type Contract = typeof contract
export type CallName = keyof Contract
export type CallInput<N extends CallName> = z.input<Contract[N]['in']>
export type CallOutput<N extends CallName> = z.output<Contract[N]['out']>
/** Calls the page may make. */
export type FaceCallName = { [N in CallName]: Contract[N]['face'] extends 'all' ? N : never }[CallName]
/** Calls the engine answers. */
export type EngineCallName = { [N in CallName]: Contract[N]['host'] extends 'engine' ? N : never }[CallName]
/** Calls main answers itself. */
export type MainCallName = { [N in CallName]: Contract[N]['host'] extends 'main' ? N : never }[CallName]

/** Whether a page may say this name. */
export const isFaceCall = (name: unknown): name is FaceCallName =>
  typeof name === 'string' && Object.hasOwn(contract, name) && contract[name as CallName].face === 'all'

const entities = Object.keys(changeKinds) as [ChangedEntity, ...ChangedEntity[]]
const kinds = [...new Set(Object.values(changeKinds).flat())] as [ChangeKind, ...ChangeKind[]]

/** Events to every face. Change records carry ids only; `ids: null` means "many". */
export const events = {
  changed: z
    .object({
      entity: z.enum(entities),
      /** In which way (`changes.ts`). */
      kind: z.enum(kinds),
      ids: z
        .array(z.union([z.number(), z.string()]))
        .max(1000)
        .nullable(),
      /** Grows with every record of this engine run. */
      version: z.number().int(),
    })
    .refine(({ entity, kind }) => isKindOf(entity, kind)),
  sync: syncStatus,
  app: appStatus,
  prefs: preferences,
  /** From the engine: the notice. For the page only that one waits in main, see `page.waiting`. */
  notice,
  /** To main alone: it tells the desktop. The page asks for what is due. */
  alarm: alarmNews,
  /** To main alone, as well. */
  chatNews,
  /** That one waits in main, see `page.waiting`. */
  command,
  /** A link in a mail led to a place in it. */
  bodyPlace,
  /** A part of a mail that folds was opened or closed: its frame is to be measured again. */
  bodyChanged: bodyPlace.omit({ topPx: true }),
  /** To the page: the link under the pointer or the focus, as it would be opened; empty when none is. */
  link: z.object({
    url: z.string().max(2000),
    /** Its host in letters that are not ASCII; empty where there are none. */
    letters: z.string().max(300),
    isLookAlike: z.boolean(),
  }),
  /** Long work, counted by steps of its own; `total` is null where it is not known. Each job is shown by somebody. */
  progress: z.object({ job: progressJob, done: z.number(), total: z.number().nullable() }),
} as const

export type EventName = keyof typeof events
export type EventPayload<N extends EventName> = z.output<(typeof events)[N]>
