import { accountVerbs } from '../verbs/accounts/account'
import { accountRouteVerbs } from '../verbs/accounts/account-route'
import { accountServiceVerbs } from '../verbs/accounts/account-service'
import { calendarVerbs } from '../verbs/calendar/calendars'
import { eventVerbs } from '../verbs/calendar/events'
import { quickVerbs } from '../verbs/calendar/quick'
import { inboxEncryptionVerbs } from '../verbs/inbox-encryption/inbox-encryption'
import { attachedKeyVerbs } from '../verbs/keys/attached-keys'
import { contactKeyVerbs } from '../verbs/keys/contact-keys'
import { keyVerbs } from '../verbs/keys/keys'
import { archiveVerbs } from '../verbs/mail/archive'
import { changeVerbs } from '../verbs/mail/change'
import { folderVerbs } from '../verbs/mail/folders'
import { readVerbs } from '../verbs/mail/read'
import { remoteContentVerbs } from '../verbs/mail/remote-content'
import { syncVerbs } from '../verbs/mail/sync'
import { unsubscribeVerbs } from '../verbs/mail/unsubscribe'
import { networkVerbs } from '../verbs/network/network'
import { torExitVerbs } from '../verbs/network/tor-exit'
import { torSettingsVerbs } from '../verbs/network/tor-settings'
import { transportVerbs } from '../verbs/network/transport'
import { backupVerbs } from '../verbs/profile/backup'
import { profileVerbs } from '../verbs/profile/profile'
import { settingsVerbs } from '../verbs/profile/settings'
import { draftVerbs } from '../verbs/writing/drafts'
import { selfCheckVerbs } from '../verbs/writing/self-check'
import { writeVerbs } from '../verbs/writing/write'
import type { Verb } from './verb'

/** Every verb, in the order of the help text. */
export const verbs: readonly Verb[] = [
  ...profileVerbs,
  ...settingsVerbs,
  ...accountVerbs,
  ...accountRouteVerbs,
  ...accountServiceVerbs,
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
  ...calendarVerbs,
  ...eventVerbs,
  ...quickVerbs,
]
