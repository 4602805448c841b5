/**
 * Every fact that can come with a failure, one name a meaning. Never a secret, never content of mail.
 * - `what`: the kind of thing; `name`: which one, as the person knows it
 * - `reason`: why, in a word of ours that the program can compare; `detail`: in words, of the server or a library
 * - `path`: a place on the disk; `file`: the name of a file alone; `mailbox`: the path of a mailbox
 * - `limit`: how many at most; `limitBytes`, `sizeBytes`, `timeoutMs`: with their units
 * - `fault`: the name of what was thrown, of a call or of a process, for a report
 */
export type Facts = {
  what: string
  port: number
  limit: number
  limitBytes: number
  sizeBytes: number
  timeoutMs: number
  mailboxId: number
  count: number
  minimum: number
  found: number
  supported: number
  stored: number
  given: number
  exitCode: number
} & Record<
  | 'name'
  | 'reason'
  | 'detail'
  | 'path'
  | 'file'
  | 'mailbox'
  | 'fault'
  | 'host'
  | 'address'
  | 'addresses'
  | 'call'
  | 'field'
  | 'state'
  | 'purpose'
  | 'target'
  | 'stage'
  | 'serverCode'
  | 'capability'
  | 'role'
  | 'messages'
  | 'which'
  | 'keyIds'
  | 'fingerprint'
  | 'passphrase'
  | 'kind'
  | 'service'
  | 'algorithm'
  | 'fingerprint256'
  | 'subject'
  | 'issuer'
  | 'names'
  | 'validFrom'
  | 'validTo',
  string
>
export type FactName = keyof Facts

/** The facts of each code; `?` marks those that may be missing. */
export type FactsOfCodes = Readonly<Record<string, readonly (FactName | `${FactName}?`)[]>>
