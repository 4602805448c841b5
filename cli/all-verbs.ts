import type { Verb } from './verb'
import { accountVerbs } from './verbs/account'
import { accountRouteVerbs } from './verbs/account-route'
import { archiveVerbs } from './verbs/archive'
import { attachedKeyVerbs } from './verbs/attached-keys'
import { backupVerbs } from './verbs/backup'
import { changeVerbs } from './verbs/change'
import { contactKeyVerbs } from './verbs/contact-keys'
import { draftVerbs } from './verbs/drafts'
import { folderVerbs } from './verbs/folders'
import { inboxEncryptionVerbs } from './verbs/inbox-encryption'
import { keyVerbs } from './verbs/keys'
import { networkVerbs } from './verbs/network'
import { profileVerbs } from './verbs/profile'
import { readVerbs } from './verbs/read'
import { remoteContentVerbs } from './verbs/remote-content'
import { selfCheckVerbs } from './verbs/self-check'
import { settingsVerbs } from './verbs/settings'
import { syncVerbs } from './verbs/sync'
import { torExitVerbs } from './verbs/tor-exit'
import { torSettingsVerbs } from './verbs/tor-settings'
import { transportVerbs } from './verbs/transport'
import { unsubscribeVerbs } from './verbs/unsubscribe'
import { writeVerbs } from './verbs/write'

/** Every verb, in the order of the help text. */
export const verbs: readonly Verb[] = [
  ...profileVerbs,
  ...settingsVerbs,
  ...accountVerbs,
  ...accountRouteVerbs,
  ...torSettingsVerbs,
  ...syncVerbs,
  ...readVerbs,
  ...remoteContentVerbs,
  ...unsubscribeVerbs,
  ...changeVerbs,
  ...folderVerbs,
  ...writeVerbs,
  ...draftVerbs,
  ...selfCheckVerbs,
  ...archiveVerbs,
  ...backupVerbs,
  ...inboxEncryptionVerbs,
  ...networkVerbs,
  ...torExitVerbs,
  ...transportVerbs,
  ...keyVerbs,
  ...attachedKeyVerbs,
  ...contactKeyVerbs,
]
