import { mkdirSync, renameSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ServiceUser } from './service-user'

/** A flag a Maildir file name can carry. */
export type MaildirFlag = '\\Seen' | '\\Answered' | '\\Flagged' | '\\Draft' | '\\Deleted'

const flagLetters: Record<MaildirFlag, string> = {
  '\\Draft': 'D',
  '\\Flagged': 'F',
  '\\Answered': 'R',
  '\\Seen': 'S',
  '\\Deleted': 'T',
}

let delivered = 0

/** The folder of one mailbox (Maildir++ layout: INBOX is the root, A/B is `.A.B`), as Dovecot reads it here. */
export function maildirFolder(root: string, mailbox: string): string {
  return mailbox === 'INBOX' ? root : join(root, `.${mailbox.replaceAll('/', '.')}`)
}

/** Creates the folder of one mailbox when it is missing. */
export function createMaildir(folder: string, user: ServiceUser): void {
  for (const part of ['', 'cur', 'new', 'tmp']) {
    if (mkdirSync(join(folder, part), { recursive: true })) user.own(join(folder, part))
  }
}

/** Puts the bytes into the mailbox exactly as they are. A line end that is a bare LF leaves Dovecot as CRLF. */
export function deliverToMaildir(
  folder: string,
  message: Buffer,
  user: ServiceUser,
  options: { flags: readonly MaildirFlag[]; receivedAt: Date | undefined },
): void {
  createMaildir(folder, user)
  delivered++
  const seconds = Math.floor((options.receivedAt?.getTime() ?? Date.now()) / 1000)
  const base = `${seconds}.P${process.pid}Q${delivered}R${process.hrtime.bigint()}.rig,S=${message.length}`
  const temporary = join(folder, 'tmp', base)
  writeFileSync(temporary, message)
  // Dovecot takes INTERNALDATE from the modification time.
  if (options.receivedAt) utimesSync(temporary, options.receivedAt, options.receivedAt)
  user.own(temporary)
  const letters = options.flags.map(flag => flagLetters[flag]).sort()
  const final = letters.length === 0 ? join('new', base) : join('cur', `${base}:2,${letters.join('')}`)
  renameSync(temporary, join(folder, final))
}
