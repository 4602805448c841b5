/** The encrypted inbox: settings and job of an account, the journal of replacements, what was done with a message, originals. */
export const inboxEncryption = {
  version: 9,
  name: 'inbox-encryption',
  statements: `
CREATE TABLE inbox_encryption (
  account INTEGER PRIMARY KEY REFERENCES accounts (number) ON DELETE CASCADE,
  settings TEXT NOT NULL,
  job TEXT
) STRICT;

-- A row from before the APPEND until the replaced message is known to be gone.
-- state: begun, appended, adopted, lost. direction: encrypt, decrypt. digest: SHA-256 of the original.
CREATE TABLE inbox_replacements (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES accounts (number) ON DELETE CASCADE,
  direction TEXT NOT NULL,
  message INTEGER REFERENCES messages (id) ON DELETE SET NULL,
  mailbox INTEGER NOT NULL REFERENCES mailboxes (id) ON DELETE CASCADE,
  uid_validity INTEGER NOT NULL,
  from_uid INTEGER NOT NULL,
  to_uid INTEGER,
  first_uid INTEGER NOT NULL,
  token TEXT NOT NULL,
  digest TEXT NOT NULL,
  size INTEGER NOT NULL,
  state TEXT NOT NULL,
  started_at INTEGER NOT NULL
) STRICT;
CREATE INDEX inbox_replacements_by_message ON inbox_replacements (message) WHERE message IS NOT NULL;
CREATE INDEX inbox_replacements_by_mailbox ON inbox_replacements (mailbox);

-- state: encrypted (by this machine), skipped. job: number of the last job that looked at it.
CREATE TABLE inbox_messages (
  message INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
  state TEXT NOT NULL,
  reason TEXT NOT NULL DEFAULT '',
  detail TEXT NOT NULL DEFAULT '',
  job INTEGER NOT NULL DEFAULT 0,
  retry_at INTEGER,
  first_seen_at INTEGER NOT NULL
) STRICT;

-- Byte-exact; encoding as in raw_messages. They go with the message, or when the time to undo is over.
CREATE TABLE inbox_originals (
  message INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
  account INTEGER NOT NULL REFERENCES accounts (number) ON DELETE CASCADE,
  encoding INTEGER NOT NULL,
  size INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  replaced_at INTEGER NOT NULL
) STRICT;
CREATE INDEX inbox_originals_by_account ON inbox_originals (account, replaced_at);
`,
} as const
