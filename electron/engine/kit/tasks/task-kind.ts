import type { z } from 'zod'
import type { TaskSummary } from '../../../../shared/features/writing/model'
import type { MailboxId, MessageId } from '../../../../shared/kit/ids'
import type { TaskPayload } from '../../ports/store'
import type { ChangeFeed } from '../../store/change-feed'
import type { WriteDb } from '../../store/db'
import { storedJson } from '../../store/stored-json'

/** The path of a mailbox here; null when it is gone. */
export type PathOf = (mailboxId: number) => string | null

/** Mailboxes that must be there first, and those that are made, renamed or removed, by id or by a path on the server. */
type TouchedMailboxes = Readonly<{
  uses: readonly MailboxId[]
  shapes: readonly (MailboxId | string)[]
}>

/** How a change is named where it waits. */
export type TaskWords = Pick<TaskSummary, 'messageCount' | 'mailboxId' | 'mailboxName'>

/** One kind of queued change: everything that the queue must know of it. */
export type TaskRules<P extends TaskPayload> = Readonly<{
  kind: P['kind']
  payload: z.ZodType<P>
  /** Messages that it must follow in order, and that show that something waits. */
  messages(payload: P): readonly MessageId[]
  mailboxes(payload: P, pathOf: PathOf): TouchedMailboxes
  words(payload: P, pathOf: PathOf): TaskWords
  /** It shapes mailboxes: there are few of those, and what uses a mailbox is weighed against each. */
  reshapesMailboxes?: true
  /** What it takes to the server is only here, so it is kept when the store is rebuilt. */
  isOnlyHere?: true
  /** The mailbox that it puts messages into. */
  into?(payload: P): MailboxId
  /** The mailbox that it makes: without it, what waits to be put there has no place to go. */
  makes?(payload: P): MailboxId
  /** The server has it now: what it did is part of the server's state. The task's own marks are gone already. */
  settle?(db: WriteDb, payload: P): void
  /** It never reached the server and is taken back: the local state becomes what the server has. */
  rollBack?(parts: { db: WriteDb; feed: ChangeFeed }, payload: P): void
}>

/** A queued change of any kind, with what its kind says of it. */
export type KnownTask = Readonly<{
  payload: TaskPayload
  messages: readonly MessageId[]
  into: MailboxId | null
  makes: MailboxId | null
  mailboxes(pathOf: PathOf): TouchedMailboxes
  words(pathOf: PathOf): TaskWords
  settle(db: WriteDb): void
  rollBack(parts: { db: WriteDb; feed: ChangeFeed }): void
}>

/** A kind as the queue has it, whatever its payload is. */
export type TaskKindEntry = Readonly<{
  kind: TaskPayload['kind']
  reshapesMailboxes: boolean
  isOnlyHere: boolean
  putsInto: boolean
  /** Null when the text is no payload of this kind. */
  read(text: string): KnownTask | null
  /** A change that is being queued. Throws when it is of another kind. */
  know(payload: TaskPayload): KnownTask
}>

/** Whether a payload is of the kind of that name. */
export const isOfKind = <P extends TaskPayload>(kind: P['kind'], payload: TaskPayload): payload is P =>
  payload.kind === kind

/** Makes the queue's side of a kind from its rules. */
export function taskKind<P extends TaskPayload>(rules: TaskRules<P>): TaskKindEntry {
  const known = (payload: P): KnownTask => ({
    payload,
    messages: rules.messages(payload),
    into: rules.into?.(payload) ?? null,
    makes: rules.makes?.(payload) ?? null,
    mailboxes: pathOf => rules.mailboxes(payload, pathOf),
    words: pathOf => rules.words(payload, pathOf),
    settle: db => rules.settle?.(db, payload),
    rollBack: parts => rules.rollBack?.(parts, payload),
  })
  return {
    kind: rules.kind,
    reshapesMailboxes: rules.reshapesMailboxes === true,
    isOnlyHere: rules.isOnlyHere === true,
    putsInto: rules.into !== undefined,
    read: text => {
      const payload = storedJson(rules.payload, text)
      return payload === null ? null : known(payload)
    },
    know: payload => {
      if (!isOfKind<P>(rules.kind, payload)) throw new Error(`${payload.kind} is not ${rules.kind}`)
      return known(payload)
    },
  }
}

/** All kinds that there are, joined where the features are. */
export class TaskKinds {
  /** Names of kinds, as JSON lists for queries. */
  readonly reshaping: string
  readonly puttingInto: string
  readonly #entries: ReadonlyMap<string, TaskKindEntry>
  /** A change of a whole mailbox is asked for at several steps in a row, and reading it costs some tens of milliseconds. */
  #last: Readonly<{ kind: string; payload: string; task: KnownTask | null }> | null = null

  constructor(entries: readonly TaskKindEntry[]) {
    this.#entries = new Map(entries.map(entry => [entry.kind, entry]))
    const named = (test: (entry: TaskKindEntry) => boolean): string =>
      JSON.stringify(entries.filter(test).map(entry => entry.kind))
    this.reshaping = named(entry => entry.reshapesMailboxes)
    this.puttingInto = named(entry => entry.putsInto)
  }

  /** The kind of that name; null for one that this version does not know. */
  of(kind: string): TaskKindEntry | null {
    return this.#entries.get(kind) ?? null
  }

  /** A row of the queue; null when nothing can be made of it. */
  read(row: Readonly<{ kind: string; payload: string }>): KnownTask | null {
    if (this.#last?.payload !== row.payload || this.#last.kind !== row.kind) {
      const { kind, payload } = row
      this.#last = { kind, payload, task: this.of(kind)?.read(payload) ?? null }
    }
    return this.#last.task
  }
}
