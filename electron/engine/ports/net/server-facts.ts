import type { Namespace, Namespaces } from '../../../../shared/features/mail/namespace'
import type { AccountId } from '../../../../shared/kit/ids'

/** What was learned of an account's IMAP server and outlives the program. All of it can be learned again. */
export type ServerFactStore = {
  /** The namespaces (RFC 2342); null while unknown. A prefix that was learned stands first among the personal ones. */
  namespaces(id: AccountId): Namespaces | null
  noteNamespaces(id: AccountId, told: Namespaces | null): void
  /** New mailboxes are made here, whatever the server says: elsewhere it refused them. */
  learnNamespace(id: AccountId, learned: Namespace): void
  /** Whether the server took the password that is stored now. */
  isPasswordAccepted(id: AccountId): boolean
  notePasswordAccepted(id: AccountId): void
}
