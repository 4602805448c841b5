// What the rules of `house-rules.ts` let stand, each with the reason. An exception that nothing needs any more is an error too.

/** Folders of more files than `filesInFolder`, with how many they may hold: they may shrink, not grow. */
export const largeFolders: Readonly<Record<string, Readonly<{ files: number; reason: string }>>> = {
  build: { files: 23, reason: 'each is a step that package.json or another step names by its path' },
  'electron/engine/features/mail/imap/commands': { files: 16, reason: 'one file a command of IMAP' },
  'renderer/demo': { files: 19, reason: 'one file of made-up answers a feature' },
}

/** Names of files that begin with the name of their feature, where another name would say less. */
export const namedForFeature: Readonly<Record<string, string>> = {
  'electron/engine/features/mail/store/mail-stores.ts': 'all stores of mail together',
  'electron/engine/features/mail/tasks/mail-task.ts': 'a task of the kit with what only mail needs of it',
  'electron/engine/features/writing/app/draft/writing-account.ts': 'the account that is written from',
  'renderer/features/accounts/accounts-page.tsx': 'the page of that name in the settings',
  'renderer/features/keys/keys-page.tsx': 'the page of that name in the settings',
  'renderer/features/mail/mail-room.tsx': 'the room of that name in the rail',
  'renderer/features/settings/settings-room.tsx': 'the room of that name in the rail',
  'renderer/features/writing/writing-page.tsx': 'the page of that name in the settings',
}

/** Files whose use cases take more than `partsOfNeeds`. */
export const largeNeeds: Readonly<Record<string, Readonly<{ parts: number; reason: string }>>> = {
  'electron/engine/features/mail/app/read/read-message.ts': {
    parts: 13,
    reason: 'the one answer with all that the reader shows of a message: opened, judged, remembered',
  },
  'electron/engine/features/writing/app/draft/drafts.ts': {
    parts: 11,
    reason: 'joins the use cases of drafts, each of which takes less',
  },
}

/** Tables that the store or the kit reads although a feature fills them. */
export const sharedTables: Readonly<Record<string, Readonly<{ tables: readonly string[]; reason: string }>>> =
  {
    'electron/engine/store/account-number.ts': {
      tables: ['accounts'],
      reason: 'every feature names its rows by the number of an account',
    },
    'electron/engine/kit/tasks/task-store.ts': {
      tables: ['accounts', 'mailboxes', 'messages'],
      reason: 'a queue is of an account, is told by the paths of mailboxes, and marks messages that wait',
    },
    'electron/engine/kit/tasks/next-task.ts': { tables: ['accounts'], reason: 'a queue is of an account' },
    'electron/engine/kit/tasks/carry-over.ts': {
      tables: ['messages'],
      reason: 'marks of messages that wait are made again',
    },
  }

/** Tables of the store itself and of the kit; all others are of features. */
export const ownTables: readonly string[] = [
  'meta',
  'settings',
  'tasks',
  'task_messages',
  'undo_journal',
  'collection_waits',
]
