import type {
  ListedMailbox,
  MailBackend,
  MailboxStatus,
  MailSession,
  RemoteFlags,
  RemoteHeader,
} from '../../../../../../../electron/engine/ports/mail/mail-backend'
import { SiegelError } from '../../../../../../../shared/kit/result'

/** What the server can: every kind of change is told in another way by each (RFC 3501; RFC 7162 §3.1; §3.2). */
export type Tier = 'plain' | 'condstore' | 'qresync'

type Kept = { flags: readonly string[]; modseq: bigint; raw: string; internalDateMs: number }
export type ModelMailbox = {
  path: string
  readonly role: ListedMailbox['role']
  uidValidity: number
  uidNext: number
  readonly messages: Map<number, Kept>
  vanished: { uid: number; modseq: bigint }[]
}

/** An IMAP server in memory, as far as sync asks one. It keeps what it was asked, and breaks when it is told to. */
export class ModelServer implements MailBackend {
  readonly mailboxes: ModelMailbox[] = []
  /** Paths that were opened, and messages that were given whole (`path/uid`), since the last `forget`. */
  opened: string[] = []
  given: string[] = []
  sessions = 0
  /** The connection ends after this many more messages. */
  breaksAfter: number | null = null
  /** The connection ends at this write from now, before it is done, half-way (a copy is made, the original is there) or after. */
  breaksAtWrite: { left: number; when: 'before' | 'half-way' | 'after' } | null = null
  /** Messages that are answered with NO, as `path/uid`. */
  readonly refuses = new Set<string>()
  /** Who watches is told by this. */
  readonly #watchers = new Set<() => void>()
  readonly #tier: Tier
  readonly #hasMove: boolean
  #modseq = 1n
  #uidValidity = 100

  constructor(tier: Tier, { hasMove = true } = {}) {
    this.#tier = tier
    this.#hasMove = hasMove
    this.create('INBOX', 'inbox')
  }

  create(path: string, role: ListedMailbox['role'] = 'none'): ModelMailbox {
    this.#uidValidity += 1
    const made = {
      ...{ path, role, uidValidity: this.#uidValidity, uidNext: 1 },
      ...{ messages: new Map<number, Kept>(), vanished: [] },
    }
    this.mailboxes.push(made)
    return made
  }

  /** What is below goes along (RFC 3501 §6.3.5). */
  rename(mailbox: ModelMailbox, path: string): void {
    const below = `${mailbox.path}/`
    for (const each of this.mailboxes)
      if (each.path.startsWith(below)) each.path = `${path}/${each.path.slice(below.length)}`
    mailbox.path = path
  }

  remove(mailbox: ModelMailbox): void {
    this.mailboxes.splice(this.mailboxes.indexOf(mailbox), 1)
  }

  arrive(mailbox: ModelMailbox, raw: string, flags: readonly string[] = []): number {
    const uid = mailbox.uidNext
    mailbox.uidNext += 1
    mailbox.messages.set(uid, { flags, modseq: this.#next(), raw, internalDateMs: 1_700_000_000_000 + uid })
    for (const tell of this.#watchers) tell()
    return uid
  }

  expunge(mailbox: ModelMailbox, uid: number): void {
    mailbox.messages.delete(uid)
    mailbox.vanished.push({ uid, modseq: this.#next() })
  }

  flag(mailbox: ModelMailbox, uid: number, flags: readonly string[]): void {
    const kept = mailbox.messages.get(uid)
    if (kept) mailbox.messages.set(uid, { ...kept, flags, modseq: this.#next() })
  }

  /** As after a server was set up anew from a copy: every message has another number. */
  renumber(mailbox: ModelMailbox): void {
    const all = [...mailbox.messages.values()]
    this.#uidValidity += 1
    Object.assign(mailbox, { uidValidity: this.#uidValidity, uidNext: 1, vanished: [] })
    mailbox.messages.clear()
    for (const kept of all) this.arrive(mailbox, kept.raw, kept.flags)
  }

  forget(): void {
    this.opened = []
    this.given = []
  }

  async connect(): Promise<MailSession> {
    this.sessions += 1
    return this.#session()
  }

  #next(): bigint {
    this.#modseq += 1n
    return this.#modseq
  }

  #highest(mailbox: ModelMailbox): string | null {
    if (this.#tier === 'plain') return null
    const all = [...mailbox.messages.values(), ...mailbox.vanished].map(({ modseq }) => modseq)
    return String(all.reduce((most, each) => (each > most ? each : most), 1n))
  }

  #session(): MailSession {
    let open: ModelMailbox | null = null
    let isClosed = false
    const server = this
    const selected = () => {
      if (isClosed) throw new SiegelError('connection-lost')
      if (!open) throw new Error('no mailbox is open')
      return open
    }
    const lose = () => {
      isClosed = true
      throw new SiegelError('connection-lost')
    }
    /** Ascending, as servers answer; a refusal or the end of the connection comes where it stands. */
    async function* each(uids: readonly number[]): AsyncGenerator<[number, Kept]> {
      const mailbox = selected()
      for (const uid of [...uids].sort((a, b) => a - b)) {
        const kept = mailbox.messages.get(uid)
        if (!kept) continue
        if (server.breaksAfter === 0) {
          server.breaksAfter = null
          lose()
        }
        if (server.breaksAfter !== null) server.breaksAfter -= 1
        if (server.refuses.has(`${mailbox.path}/${uid}`)) throw new SiegelError('server-refused')
        yield [uid, kept]
      }
    }
    /** A command that changes something. `half` is what is done of it where the connection ends half-way. */
    const write = <T>(done: () => T, half: () => void = () => undefined): T => {
      const end = server.breaksAtWrite
      if (end === null || end.left > 0) {
        if (end) end.left -= 1
        return done()
      }
      server.breaksAtWrite = null
      if (end.when === 'half-way') half()
      if (end.when === 'after') done()
      return lose()
    }
    const named = (path: string) => {
      if (isClosed) throw new SiegelError('connection-lost')
      const found = server.mailboxes.find(mailbox => mailbox.path === path)
      if (!found) throw new SiegelError('mailbox-missing')
      return found
    }
    const flagsOf = ([uid, { flags, modseq }]: [number, Kept]): RemoteFlags => ({
      ...{ uid, flags },
      modseq: server.#tier === 'plain' ? null : String(modseq),
    })
    const session = {
      capabilities: {
        ...{ condstore: server.#tier !== 'plain', qresync: server.#tier === 'qresync' },
        ...{ move: server.#hasMove, uidplus: true, idle: true, specialUse: true },
      },
      get closed() {
        return isClosed
      },
      list: async () =>
        server.mailboxes.map(mailbox => ({
          ...{ path: mailbox.path, delimiter: '/', selectable: true, subscribed: true, role: mailbox.role },
          status: server.#listedStatus(mailbox),
        })),
      namespaces: () => null,
      open: async (path: string, { known }: Parameters<MailSession['open']>[1]): Promise<MailboxStatus> => {
        server.opened.push(path)
        const found = named(path)
        open = found
        const tells = server.#tier === 'qresync' && known?.uidValidity === found.uidValidity
        const since = BigInt(known?.highestModseq ?? 0)
        return {
          ...{ uidValidity: found.uidValidity, uidNext: found.uidNext, exists: found.messages.size },
          highestModseq: server.#highest(found),
          vanished: tells
            ? found.vanished.filter(({ modseq }) => modseq > since).map(({ uid }) => uid)
            : null,
          changed: tells ? [...found.messages].filter(([, { modseq }]) => modseq > since).map(flagsOf) : null,
          permanentFlags: null,
        }
      },
      close: async () => {
        open = null
      },
      searchUids: async ({ fromUid = 1 }) => [...selected().messages.keys()].filter(uid => uid >= fromUid),
      searchMessageId: async (messageId: string) =>
        [...selected().messages].filter(([, { raw }]) => raw.includes(`<${messageId}>`)).map(([uid]) => uid),
      storeFlags: async (
        uids: readonly number[],
        { add, remove }: Parameters<MailSession['storeFlags']>[1],
      ) => {
        const mailbox = selected()
        const gone = new Set(remove)
        write(() => {
          for (const uid of uids) {
            const kept = mailbox.messages.get(uid)
            const flags = new Set([...(kept?.flags ?? []).filter(flag => !gone.has(flag)), ...add])
            server.flag(mailbox, uid, [...flags])
          }
        })
      },
      move: async (uids: readonly number[], path: string) => {
        const from = selected()
        const to = named(path)
        const copy = () =>
          [...uids]
            .sort((a, b) => a - b)
            .flatMap(uid => {
              const kept = from.messages.get(uid)
              return kept ? [[uid, server.arrive(to, kept.raw, kept.flags)] as const] : []
            })
        const removed = () => {
          const pairs = copy()
          for (const [uid] of pairs) server.expunge(from, uid)
          return pairs
        }
        const pairs = write(removed, server.#hasMove ? undefined : copy)
        return { uidMap: new Map(pairs), uidValidity: to.uidValidity }
      },
      append: async (path: string, raw: Uint8Array, { flags }: Parameters<MailSession['append']>[2]) => {
        const to = named(path)
        const uid = write(() => server.arrive(to, Buffer.from(raw).toString(), flags))
        return { uid, uidValidity: to.uidValidity }
      },
      expunge: async (uids: readonly number[]) => {
        const mailbox = selected()
        write(() => {
          for (const uid of uids) if (mailbox.messages.has(uid)) server.expunge(mailbox, uid)
        })
      },
      createMailbox: async (path: string) => void write(() => server.create(path)),
      async *fetchHeaders(uids: readonly number[]): AsyncGenerator<RemoteHeader> {
        for await (const one of each(uids)) {
          const [, { raw, internalDateMs }] = one
          const header = Buffer.from(raw.slice(0, raw.indexOf('\r\n\r\n') + 4))
          yield { ...flagsOf(one), internalDateMs, sizeBytes: raw.length, header }
        }
      },
      async *fetchFlags({ uids, changedSince }: Parameters<MailSession['fetchFlags']>[0]) {
        const since = BigInt(changedSince ?? 0)
        for (const [uid, kept] of selected().messages)
          if (changedSince === undefined ? uids?.includes(uid) : kept.modseq > since)
            yield flagsOf([uid, kept])
      },
      async *fetchRaw(uids: readonly number[]) {
        for await (const [uid, { raw }] of each(uids)) {
          server.given.push(`${selected().path}/${uid}`)
          yield { uid, raw: Buffer.from(raw) }
        }
      },
      waitForChange: (signal: AbortSignal) =>
        new Promise<'changed' | 'aborted'>(resolve => {
          const end = (how: 'changed' | 'aborted') => {
            server.#watchers.delete(changed)
            resolve(how)
          }
          const changed = () => end('changed')
          server.#watchers.add(changed)
          if (signal.aborted) end('aborted')
          signal.addEventListener('abort', () => end('aborted'), { once: true })
        }),
      logout: async () => {
        isClosed = true
      },
      destroy: () => {
        isClosed = true
      },
    }
    // What only other parts ask for is not here.
    return session as unknown as MailSession
  }

  #listedStatus(mailbox: ModelMailbox) {
    const highestModseq = this.#highest(mailbox)
    if (highestModseq === null) return null
    return {
      ...{ exists: mailbox.messages.size, uidNext: mailbox.uidNext, uidValidity: mailbox.uidValidity },
      highestModseq,
    }
  }
}
