import type { BodyFrame, Host } from '../../../../renderer/host/host'
import type {
  CallInput,
  CallOutput,
  EventName,
  EventPayload,
  FaceCallName,
} from '../../../../shared/ipc/contract'
import { type ChangedEntity, type ChangeKind, changeKinds } from '../../../../shared/ipc/stale/changes'
import { ok, type Result } from '../../../../shared/kit/result'

/** A host whose answers and events the test decides. */
export class QuietHost implements Host {
  readonly calls: { name: FaceCallName; input: unknown }[] = []
  answer: (name: FaceCallName, input: unknown) => unknown = () => []
  readonly #listeners = new Map<EventName, Set<(payload: never) => void>>()

  async call<N extends FaceCallName>(name: N, input: CallInput<N>): Promise<Result<CallOutput<N>>> {
    this.calls.push({ name, input })
    const answer = await this.answer(name, input)
    return typeof answer === 'object' && answer !== null && 'ok' in answer
      ? (answer as Result<CallOutput<N>>)
      : ok(answer as CallOutput<N>)
  }

  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, listeners)
    listeners.add(listener as (payload: never) => void)
    return () => listeners.delete(listener as (payload: never) => void)
  }

  emit<N extends EventName>(name: N, payload: EventPayload<N>): void {
    for (const listener of this.#listeners.get(name) ?? [])
      (listener as (payload: EventPayload<N>) => void)(payload)
  }

  /** Says that something changed, in every way where none is named. */
  changed<E extends ChangedEntity>(
    entity: E,
    ids: (number | string)[] | null = null,
    kinds: readonly ChangeKind<E>[] = changeKinds[entity],
  ): void {
    for (const kind of kinds) this.emit('changed', { entity, kind, ids, version: 1 })
  }

  bodyFrame(): BodyFrame {
    return { srcDoc: '' }
  }
}
