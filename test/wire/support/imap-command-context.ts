import type { ScriptedAccount } from './imap-model'
import type { ImapArgument, ImapCommand } from './imap-parser'
import type { ImapSession } from './imap-session'

/** What the default answers need to know about their server. */
export interface ImapServerState {
  readonly account: ScriptedAccount
  readonly user: string
  readonly password: string
  /** What CAPABILITY says to this session now. */
  capabilities(session: ImapSession): string[]
  /** Whether an extension is offered at all. */
  offers(capability: string): boolean
  startTls(session: ImapSession, tag: string): Promise<void>
}

/** What a default answer is given. */
export interface ImapCommandContext {
  readonly session: ImapSession
  readonly command: ImapCommand
  readonly arguments: readonly ImapArgument[]
  readonly server: ImapServerState
}

/** The text after the tag of the closing answer, or nothing when the answer was written already. */
export type ImapAnswer = string | undefined | Promise<string | undefined>
