import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openStore } from '../../../../../electron/engine/compose/open-store'
import type { Clock, Log, Random } from '../../../../../electron/engine/ports/basics'
import type { ParsedHeader, ParsedMessage } from '../../../../../electron/engine/ports/mail/mime'
import type { NewMessage, Store } from '../../../../../electron/engine/ports/store'
import type { AccountConfig } from '../../../../../shared/features/accounts/model'
import type { AccountId, MailboxId } from '../../../../../shared/kit/ids'

export const storeKey = Uint8Array.from({ length: 32 }, (_, position) => (position * 7 + 3) & 255)

export const quietLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined }

export const noTraces = { kind: 'none', removableBytes: 0, location: false } as const

/** A clock that stands until it is told to go on. */
export function fakeClock(startMs = Date.UTC(2026, 5, 1)): Clock & { advance(ms: number): void } {
  let nowMs = startMs
  return {
    now: () => nowMs,
    sleep: () => Promise.resolve(),
    advance: ms => {
      nowMs += ms
    },
  }
}

/** Different bytes at every call, the same in every run. */
export function fakeRandom(): Random {
  let state = 1
  const next = (): number => {
    state = (state * 1103515245 + 12345) % 2147483648
    return state
  }
  return {
    bytes: count => Uint8Array.from({ length: count }, () => (next() >> 8) & 255),
    fraction: () => next() / 2147483648,
  }
}

export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'siegel-store-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

export function openAt(directory: string, key = storeKey, clock: Clock = fakeClock()) {
  return openStore({ directory, key, clock, random: fakeRandom(), log: quietLog })
}

/** An open store in a directory of its own, closed when the test ends. */
export function freshStore(): { store: Store; directory: string; clock: ReturnType<typeof fakeClock> } {
  const directory = temporaryDirectory()
  const clock = fakeClock()
  const { store } = openAt(directory, storeKey, clock)
  onTestFinished(() => store.close())
  return { store, directory, clock }
}

export const imapConfig = {
  address: 'anna@example.org',
  displayName: 'Anna',
  services: {
    mail: {
      userName: 'anna@example.org',
      imap: { host: 'imap.example.org', port: 993, security: 'tls' },
      smtp: { host: 'smtp.example.org', port: 465, security: 'tls' },
      caPem: null,
    },
  },
} as const satisfies AccountConfig
export const localConfig: AccountConfig = { address: 'local', displayName: 'On this computer', services: {} }

export type Seeded = { accountId: AccountId; inbox: MailboxId; archive: MailboxId; trash: MailboxId }

export function seedAccount(store: Store, config: AccountConfig = imapConfig): Seeded {
  const accountId = store.accounts.add({ config, sample: false, password: 'hunter2-canary' }).id
  const make = (path: string, role: 'inbox' | 'archive' | 'trash') =>
    store.mailboxes.create({ accountId, path, delimiter: '/', role }).id
  return {
    accountId,
    inbox: make('INBOX', 'inbox'),
    archive: make('Archive', 'archive'),
    trash: make('Trash', 'trash'),
  }
}

function header(values: Partial<ParsedHeader> = {}): ParsedHeader {
  return {
    messageIdHeader: '',
    inReplyTo: '',
    references: [],
    subject: 'Hello',
    from: [{ name: 'Bob', address: 'bob@example.net' }],
    sender: [],
    replyTo: [],
    to: [{ name: 'Anna', address: 'anna@example.org' }],
    cc: [],
    bcc: [],
    dateMs: Date.UTC(2026, 0, 1),
    listId: null,
    ...values,
  }
}

export function newMessage(
  uid: number | null,
  values: Partial<ParsedHeader> = {},
  rest: Partial<NewMessage> = {},
): NewMessage {
  const head = header({ messageIdHeader: uid === null ? '' : `m${uid}@example.net`, ...values })
  return {
    uid,
    flags: [],
    modseq: null,
    internalDateMs: head.dateMs ?? 0,
    sizeBytes: 1000,
    header: head,
    ...rest,
  }
}

export function parsed(
  text: string,
  values: Partial<ParsedHeader> = {},
  rest: Partial<ParsedMessage> = {},
): ParsedMessage {
  return {
    header: header(values),
    text,
    html: null,
    attachments: [],
    snippet: text.slice(0, 200),
    encrypted: false,
    broken: false,
    ...rest,
  }
}

export const bytes = (text: string): Uint8Array => Buffer.from(text)
