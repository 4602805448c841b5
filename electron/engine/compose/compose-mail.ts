import { invitations } from '../features/calendar/invitations/invitations'
import { attachedKeys } from '../features/keys/app/attached-keys'
import { queueFlags } from '../features/mail/app/change/change-flags'
import { openMessage } from '../features/mail/app/read/open-message'
import { OpenedMessages } from '../features/mail/app/read/opened-messages'
import { readOpenedPart } from '../features/mail/app/read/opened-part'
import { wholeMessage } from '../features/mail/app/read/whole-message'
import { readArchive } from '../features/mail/archive/read-archive'
import { writeEmlDirectory } from '../features/mail/archive/write-eml-directory'
import { writeMaildir } from '../features/mail/archive/write-maildir'
import { writeMbox } from '../features/mail/archive/write-mbox'
import { deleteForGood } from '../features/mail/tasks/here/delete-for-good'
import { reminderFormat } from '../formats/icalendar/alarms/reminder-format'
import { calendarObjects } from '../formats/icalendar/calendar-objects'
import { todoFormat } from '../formats/icalendar/todo/todo-format'
import { inspectMessage } from '../formats/mime/inspect-message'
import { mime } from '../formats/mime/mime'
import { protectionReader } from '../formats/openpgp/protection-reader'
import { userFiles } from '../kit/user-files'
import type { EngineParts } from '../ports/parts'
import type { Base } from './base'
import type { Sync } from './compose-sync'

/** Reading and changing mail, and mail in files. */
export function composeMail(
  base: Base,
  { sync }: Sync,
  { keysInMail }: Pick<EngineParts, 'keysInMail'>,
): Pick<
  EngineParts,
  | 'mime'
  | 'inspect'
  | 'protection'
  | 'opened'
  | 'reading'
  | 'changes'
  | 'attachedKeys'
  | 'archive'
  | 'files'
  | 'calendarObjects'
  | 'invitations'
  | 'reminders'
  | 'todoFormat'
> {
  const parts = { ...base, sync, mime, protection: protectionReader, opened: new OpenedMessages() }
  const reading: EngineParts['reading'] = {
    open: id => openMessage(parts, id),
    whole: id => wholeMessage(parts, id),
    part: (opened, partId) => readOpenedPart(parts, opened, partId),
  }
  return {
    mime,
    inspect: inspectMessage,
    protection: protectionReader,
    opened: parts.opened,
    reading,
    attachedKeys: opened => attachedKeys({ reading, keysInMail }, opened),
    changes: {
      setFlags: (ids, change) => void queueFlags(parts, ids, change, { undoable: false }),
      deleteForGood: ids => void deleteForGood(parts, ids),
    },
    archive: {
      read: (path, onNotTaken) => readArchive(path, { onNotTaken }),
      writeMbox,
      writeEmlDirectory,
      writeMaildir,
    },
    files: userFiles,
    calendarObjects,
    invitations,
    reminders: reminderFormat,
    todoFormat,
  }
}
