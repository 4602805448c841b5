/** A message on the scripted server. */
export interface ScriptedMessage {
  readonly uid: number
  readonly raw: Buffer
  readonly internalDate: Date
  flags: Set<string>
  modseq: number
}

/** A change another session has to be told about. */
export type MailboxChange =
  | { readonly kind: 'added'; readonly uid: number }
  | { readonly kind: 'flags'; readonly uid: number }
  | { readonly kind: 'expunged'; readonly uid: number }

/** What a mailbox may start with. */
export interface ScriptedMailboxOptions {
  readonly uidValidity?: number
  readonly uidNext?: number
  /** LIST attributes: `\\Sent`, `\\Noselect` ... */
  readonly attributes?: readonly string[]
  readonly subscribed?: boolean
}

type Watcher = (change: MailboxChange) => void

/**
 * One mailbox in memory. Everything a test changes here is what "another client" did: sessions that have the mailbox
 * selected are told, at once while they idle and otherwise before the answer to their next command.
 */
export class ScriptedMailbox {
  name: string
  uidValidity: number
  uidNext: number
  highestModseq = 1
  attributes: readonly string[]
  subscribed: boolean
  messages: ScriptedMessage[] = []
  /** UIDs that are gone, with the MODSEQ of their end (for VANISHED (EARLIER), RFC 7162). */
  readonly vanished: { readonly uid: number; readonly modseq: number }[] = []
  readonly #watchers = new Set<Watcher>()

  constructor(name: string, options: ScriptedMailboxOptions = {}) {
    this.name = name
    this.uidValidity = options.uidValidity ?? 1_700_000_000
    this.uidNext = options.uidNext ?? 1
    this.attributes = options.attributes ?? []
    this.subscribed = options.subscribed ?? true
  }

  /** Adds a message; LF becomes CRLF in texts, bytes are kept as they are. */
  add(
    raw: string | Uint8Array,
    options: { readonly flags?: Iterable<string>; readonly internalDate?: Date; readonly uid?: number } = {},
  ): ScriptedMessage {
    const uid = options.uid ?? this.uidNext
    this.uidNext = Math.max(this.uidNext, uid + 1)
    const message: ScriptedMessage = {
      uid,
      raw: typeof raw === 'string' ? Buffer.from(raw.replace(/\r?\n/g, '\r\n')) : Buffer.from(raw),
      internalDate: options.internalDate ?? new Date(),
      flags: new Set(options.flags ?? []),
      modseq: ++this.highestModseq,
    }
    const inOrder = (this.messages.at(-1)?.uid ?? 0) < uid
    this.messages.push(message)
    if (!inOrder) this.messages.sort((a, b) => a.uid - b.uid)
    this.#tell({ kind: 'added', uid })
    return message
  }

  find(uid: number): ScriptedMessage | undefined {
    return this.messages.find(message => message.uid === uid)
  }

  setFlags(uid: number, flags: Iterable<string>): void {
    const message = this.find(uid)
    if (!message) throw new Error(`no message with UID ${uid} in ${this.name}`)
    message.flags = new Set(flags)
    message.modseq = ++this.highestModseq
    this.#tell({ kind: 'flags', uid })
  }

  expunge(...uids: number[]): void {
    const modseq = ++this.highestModseq
    for (const uid of uids) {
      if (!this.find(uid)) continue
      this.messages = this.messages.filter(message => message.uid !== uid)
      this.vanished.push({ uid, modseq })
      this.#tell({ kind: 'expunged', uid })
    }
  }

  /** Gives every message a new UID under a new UIDVALIDITY, as a rebuilt server does. Takes effect at the next SELECT. */
  renumber(uidValidity = this.uidValidity + 1, firstUid = 1): void {
    this.uidValidity = uidValidity
    this.messages = this.messages.map((message, index) => ({ ...message, uid: firstUid + index }))
    this.uidNext = firstUid + this.messages.length
    this.vanished.length = 0
  }

  /** Calls `watcher` on every change until the returned function is called. */
  watch(watcher: Watcher): () => void {
    this.#watchers.add(watcher)
    return () => this.#watchers.delete(watcher)
  }

  #tell(change: MailboxChange): void {
    for (const watcher of this.#watchers) watcher(change)
  }
}

/** The mailboxes of the one account of a scripted server. Names are Unicode; `/` separates levels. */
export class ScriptedAccount {
  readonly mailboxes = new Map<string, ScriptedMailbox>()

  /** Fails when the mailbox exists. */
  add(name: string, options: ScriptedMailboxOptions = {}): ScriptedMailbox {
    if (this.mailboxes.has(name)) throw new Error(`${name} exists`)
    const mailbox = new ScriptedMailbox(name, {
      uidValidity: 1_700_000_000 + this.mailboxes.size,
      ...options,
    })
    this.mailboxes.set(name, mailbox)
    return mailbox
  }

  /** The mailbox of that name; fails when there is none. */
  get(name: string): ScriptedMailbox {
    const mailbox = this.find(name)
    if (!mailbox) throw new Error(`no mailbox ${name}`)
    return mailbox
  }

  find(name: string): ScriptedMailbox | undefined {
    return this.mailboxes.get(name.toUpperCase() === 'INBOX' ? 'INBOX' : name)
  }

  delete(name: string): void {
    this.mailboxes.delete(name)
  }

  /** Renames a mailbox and everything below it; UIDs and UIDVALIDITY stay (RFC 3501 section 6.3.5). */
  rename(from: string, to: string): void {
    for (const mailbox of [...this.mailboxes.values()]) {
      if (mailbox.name !== from && !mailbox.name.startsWith(`${from}/`)) continue
      this.mailboxes.delete(mailbox.name)
      mailbox.name = to + mailbox.name.slice(from.length)
      this.mailboxes.set(mailbox.name, mailbox)
    }
  }
}
