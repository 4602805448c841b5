import type { MailboxChange, ScriptedMailbox } from './imap-model'
import { imapSet, inImapSet } from './imap-names'
import type { Candidate } from './imap-search'
import type { WireConnection } from './wire-connection'

/** What one connection to the scripted server knows: who it is, what it has selected, what it was told. */
export class ImapSession {
  readonly connection: WireConnection
  /** The connection's number, from 1. */
  readonly id: number
  authenticated = false
  readonly enabled = new Set<string>()
  mailbox: ScriptedMailbox | undefined
  readOnly = false
  idleTag: string | undefined
  loggedOut = false
  /** The client has shown that it knows MODSEQ (RFC 7162 section 3.1), so FETCH answers carry it. */
  modseqAware = false
  /** UIDs by sequence number, as this client was told so far. */
  #view: number[] = []
  #pending: MailboxChange[] = []
  #unwatch: () => void = () => {}

  constructor(connection: WireConnection) {
    this.connection = connection
    this.id = connection.id
  }

  /** Writes as it is; nothing is added. */
  send(data: string | Uint8Array): void {
    this.connection.write(data)
  }

  get qresync(): boolean {
    return this.enabled.has('QRESYNC')
  }

  select(mailbox: ScriptedMailbox, readOnly: boolean): void {
    this.unselect()
    this.mailbox = mailbox
    this.readOnly = readOnly
    this.#view = mailbox.messages.map(message => message.uid)
    this.#unwatch = mailbox.watch(change => {
      this.#pending.push(change)
      if (this.idleTag !== undefined) this.flush()
    })
  }

  unselect(): void {
    this.#unwatch()
    this.#unwatch = () => {}
    this.mailbox = undefined
    this.#pending = []
  }

  /** Messages this client can name, by UID set or by sequence set. */
  candidates(set?: string, by: 'uid' | 'sequence' = 'uid'): Candidate[] {
    const known: Candidate[] = []
    const byUid = new Map(this.mailbox?.messages.map(message => [message.uid, message]))
    this.#view.forEach((uid, index) => {
      const message = byUid.get(uid)
      if (message) known.push({ sequence: index + 1, message })
    })
    if (set === undefined) return known
    const largest = by === 'uid' ? (this.#view.at(-1) ?? 0) : this.#view.length
    return known.filter(({ sequence, message }) =>
      inImapSet(set, by === 'uid' ? message.uid : sequence, largest),
    )
  }

  get largestUid(): number {
    return this.#view.at(-1) ?? 0
  }

  /** Forgets changes this client made itself and will be told about in another way. */
  dropPending(uids: ReadonlySet<number>, kind: MailboxChange['kind']): void {
    this.#pending = this.#pending.filter(change => change.kind !== kind || !uids.has(change.uid))
  }

  /** Sends what happened in the selected mailbox since the last time. */
  flush(): void {
    const pending = this.#pending
    this.#pending = []
    const vanished: number[] = []
    let grown = false
    for (const { kind, uid } of pending) {
      if (kind === 'expunged') {
        const index = this.#view.indexOf(uid)
        if (index < 0) continue
        this.#view.splice(index, 1)
        if (this.qresync) vanished.push(uid)
        else this.send(`* ${index + 1} EXPUNGE\r\n`)
      } else if (kind === 'added') {
        if (!this.#view.includes(uid)) this.#view.push(uid)
        grown = true
      } else {
        this.#sendFlags(uid)
      }
    }
    if (vanished.length > 0) this.send(`* VANISHED ${imapSet(vanished)}\r\n`)
    if (grown) this.send(`* ${this.#view.length} EXISTS\r\n`)
  }

  #sendFlags(uid: number): void {
    const message = this.mailbox?.find(uid)
    const sequence = this.#view.indexOf(uid) + 1
    if (!message || sequence === 0) return
    const modseq = this.modseqAware ? ` MODSEQ (${message.modseq})` : ''
    this.send(`* ${sequence} FETCH (UID ${uid} FLAGS (${[...message.flags].join(' ')})${modseq})\r\n`)
  }
}
