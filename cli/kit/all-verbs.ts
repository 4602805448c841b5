import { accounts } from '../verbs/accounts/verbs'
import { alarms } from '../verbs/alarms/verbs'
import { calendar } from '../verbs/calendar/verbs'
import { chat } from '../verbs/chat/verbs'
import { contacts } from '../verbs/contacts/verbs'
import { find } from '../verbs/find/verbs'
import { inboxEncryption } from '../verbs/inbox-encryption/verbs'
import { keys } from '../verbs/keys/verbs'
import { mail } from '../verbs/mail/verbs'
import { meetings } from '../verbs/meetings/verbs'
import { network } from '../verbs/network/verbs'
import { profile } from '../verbs/profile/verbs'
import { todos } from '../verbs/todos/verbs'
import { writing } from '../verbs/writing/verbs'
import type { Verb } from './verb'

/** Every verb: a line a feature, in the order of the help text. */
export const verbs: readonly Verb[] = [
  ...profile,
  ...accounts,
  ...mail,
  ...writing,
  ...contacts,
  ...inboxEncryption,
  ...network,
  ...keys,
  ...calendar,
  ...alarms,
  ...todos,
  ...chat,
  ...meetings,
  ...find,
]
