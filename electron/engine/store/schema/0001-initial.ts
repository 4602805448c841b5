/** Accounts, settings, mailboxes and messages. */
export const initial = {
  version: 1,
  name: 'initial',
  statements: `
CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES ('flushes', 0);

CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE accounts (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  config TEXT NOT NULL,
  sample INTEGER NOT NULL DEFAULT 0,
  signature TEXT NOT NULL DEFAULT '',
  position INTEGER NOT NULL
) STRICT;

CREATE TABLE account_passwords (
  account INTEGER PRIMARY KEY REFERENCES accounts (number) ON DELETE CASCADE,
  password TEXT NOT NULL
) STRICT;

CREATE TABLE pins (
  host TEXT NOT NULL, port INTEGER NOT NULL, fingerprint256 TEXT NOT NULL,
  PRIMARY KEY (host, port, fingerprint256)
) STRICT, WITHOUT ROWID;

CREATE TABLE mailboxes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES accounts (number) ON DELETE CASCADE,
  path TEXT NOT NULL,
  delimiter TEXT NOT NULL,
  role TEXT NOT NULL,
  selectable INTEGER NOT NULL,
  subscribed INTEGER NOT NULL DEFAULT 1,
  sync_window TEXT NOT NULL,
  uid_validity INTEGER,
  uid_next INTEGER,
  highest_modseq TEXT,
  headers_complete INTEGER NOT NULL DEFAULT 0,
  synced_at INTEGER,
  missing_count INTEGER NOT NULL DEFAULT 0,
  -- Set while rows wait to be matched again after every UID was forgotten.
  rematching INTEGER NOT NULL DEFAULT 0,
  -- Kept by the triggers below.
  total INTEGER NOT NULL DEFAULT 0,
  unread INTEGER NOT NULL DEFAULT 0,
  UNIQUE (account, path)
) STRICT;
CREATE INDEX mailboxes_by_role ON mailboxes (role);

-- flags: 1 seen, 2 flagged, 4 answered, 8 draft, 16 forwarded. keywords: JSON list, NULL for none.
-- body_state: 0 header, 1 text, 2 whole.
CREATE TABLE messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES accounts (number) ON DELETE CASCADE,
  mailbox INTEGER NOT NULL REFERENCES mailboxes (id) ON DELETE CASCADE,
  uid INTEGER,
  thread INTEGER NOT NULL,
  message_id TEXT NOT NULL,
  date INTEGER NOT NULL,
  internal_date INTEGER NOT NULL,
  size INTEGER NOT NULL,
  flags INTEGER NOT NULL,
  keywords TEXT,
  server_flags INTEGER NOT NULL,
  server_keywords TEXT,
  body_state INTEGER NOT NULL DEFAULT 0,
  has_attachments INTEGER NOT NULL DEFAULT 0,
  unmatched INTEGER NOT NULL DEFAULT 0,
  subject TEXT NOT NULL,
  sender TEXT NOT NULL,
  recipients TEXT NOT NULL,
  snippet TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX messages_by_uid ON messages (mailbox, uid) WHERE uid IS NOT NULL;
CREATE INDEX messages_without_uid ON messages (mailbox, message_id, size) WHERE uid IS NULL;
-- The lists: everything an index query asks for is in the index itself.
CREATE INDEX messages_by_date ON messages (mailbox, date DESC, id DESC, flags, has_attachments);
-- The same across all mailboxes, for search and for lists of a role.
CREATE INDEX messages_everywhere ON messages (date DESC, id DESC, mailbox, flags, has_attachments);
CREATE INDEX messages_by_thread ON messages (thread);
CREATE INDEX messages_by_message_id ON messages (message_id) WHERE message_id <> '';
CREATE INDEX messages_without_body ON messages (mailbox, internal_date DESC, id, size) WHERE body_state < 2;
CREATE INDEX messages_by_account ON messages (account);

CREATE TRIGGER messages_count_insert AFTER INSERT ON messages BEGIN
  UPDATE mailboxes SET total = total + 1, unread = unread + ((new.flags & 1) = 0) WHERE id = new.mailbox;
END;
CREATE TRIGGER messages_count_delete AFTER DELETE ON messages BEGIN
  UPDATE mailboxes SET total = total - 1, unread = unread - ((old.flags & 1) = 0) WHERE id = old.mailbox;
END;
CREATE TRIGGER messages_count_flags AFTER UPDATE OF flags ON messages
  WHEN old.mailbox = new.mailbox AND (old.flags & 1) <> (new.flags & 1) BEGIN
  UPDATE mailboxes SET unread = unread + CASE WHEN new.flags & 1 THEN -1 ELSE 1 END WHERE id = new.mailbox;
END;
CREATE TRIGGER messages_count_move AFTER UPDATE OF mailbox ON messages WHEN old.mailbox <> new.mailbox BEGIN
  UPDATE mailboxes SET total = total - 1, unread = unread - ((old.flags & 1) = 0) WHERE id = old.mailbox;
  UPDATE mailboxes SET total = total + 1, unread = unread + ((new.flags & 1) = 0) WHERE id = new.mailbox;
END;

-- Byte-exact. encoding: 0 as it is, 1 zstd. The size is of the message, not of the blob.
CREATE TABLE raw_messages (
  message INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
  encoding INTEGER NOT NULL,
  size INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;

-- Parsed text parts of messages that are not whole: JSON, zstd.
CREATE TABLE message_texts (
  message INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
  parsed BLOB NOT NULL
) STRICT;

-- UIDs on the server of messages that were moved away or removed here; uid NULL: not known yet.
CREATE TABLE remembered_uids (
  id INTEGER PRIMARY KEY,
  mailbox INTEGER NOT NULL REFERENCES mailboxes (id) ON DELETE CASCADE,
  uid INTEGER,
  message INTEGER REFERENCES messages (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX remembered_by_uid ON remembered_uids (mailbox, uid);
CREATE INDEX remembered_by_message ON remembered_uids (message) WHERE message IS NOT NULL;

-- Every Message-ID that a conversation was named by, also of messages that are not here.
CREATE TABLE thread_names (
  account INTEGER NOT NULL REFERENCES accounts (number) ON DELETE CASCADE,
  message_id TEXT NOT NULL,
  thread INTEGER NOT NULL,
  PRIMARY KEY (account, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX thread_names_by_thread ON thread_names (thread);
`,
} as const
