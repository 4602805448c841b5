import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore, type WholeStore } from '../../electron/engine/compose/open-store'
import { StatusBoard } from '../../electron/engine/kit/status-board'
import type { Element } from '../../electron/engine/ports/chat/element'
import type {
  Bound,
  XmppControl,
  XmppHandler,
  XmppState,
} from '../../electron/engine/ports/chat/xmpp-session'
import type { NetworkGate } from '../../electron/engine/ports/net/gate'
import { systemClock, systemRandom } from '../../electron/engine/system'
import { createXmppControl } from '../../electron/engine/xmpp/xmpp-control'
import type { XmppService } from '../../shared/features/accounts/model'
import type { AccountId } from '../../shared/kit/ids'
import { recordingLog } from '../wire/gate/gate-places'

/** What came over the streams of one account, in its order. */
type Heard = {
  bounds: Bound[]
  stanzas: Element[]
  requests: Element[]
  acked: string[]
  unsent: string[]
  states: XmppState[]
}

/** A profile with chat accounts in a real store, and what each of them heard. Killed and opened again with `again`. */
export type ChatProfile = Readonly<{
  control: XmppControl
  store: WholeStore
  heard: Heard
  add(service: XmppService, password: string): AccountId
  /** Without a goodbye: as after a kill, but for what the machine closes by itself. */
  drop(): void
  close(): Promise<void>
}>

/** Opens one; `handler` replaces parts of the usual handling, which takes everything in at once. */
export function openChatProfile(
  gate: NetworkGate,
  options: Readonly<{ directory?: string; key?: Buffer; handler?: Partial<XmppHandler> }> = {},
): ChatProfile & { directory: string; key: Buffer } {
  const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'siegel-chat-'))
  const key = options.key ?? randomBytes(32)
  const log = recordingLog()
  const { store } = openStore({ directory, key, clock: systemClock, random: systemRandom, log })
  const statuses = new StatusBoard(() => undefined)
  const heard: Heard = { bounds: [], stanzas: [], requests: [], acked: [], unsent: [], states: [] }
  const control = createXmppControl({
    ...{ store, streams: store.streams, gate, clock: systemClock, random: systemRandom, log },
    board: statuses.of('xmpp'),
    permitDuring: (_requests, work) => work(),
    isSlow: () => false,
    gateFor: () => gate,
  })
  control.handledBy({
    bound: (session, bound) => {
      heard.bounds.push(bound)
      session.caughtUp()
    },
    stanza: async (_session, stanza, commit) => {
      heard.stanzas.push(stanza)
      store.transaction(commit)
    },
    request: (_session, request) => {
      heard.requests.push(request)
      return null
    },
    acked: (_session, ids) => void heard.acked.push(...ids),
    unsent: (_session, ids) => void heard.unsent.push(...ids),
    state: (_session, state) => void heard.states.push(state),
    ...options.handler,
  })
  return {
    ...{ control, store, heard, directory, key },
    add: (service, password) => {
      const { id } = store.accounts.add({
        config: { address: service.userName, displayName: '', services: { xmpp: service } },
        sample: false,
        password,
      })
      return id
    },
    drop: () => {
      gate.closeAll(null)
    },
    close: async () => {
      await control.close()
      store.close()
      if (options.directory === undefined) rmSync(directory, { recursive: true, force: true })
    },
  }
}
