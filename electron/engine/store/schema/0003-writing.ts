/** Drafts, outbox, queued changes and the undo journal. */
export const writing = {
  version: 3,
  name: 'writing',
  statements: `
CREATE TABLE drafts (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  account INTEGER REFERENCES accounts (number) ON DELETE CASCADE,
  content TEXT NOT NULL,
  relation_kind TEXT,
  relation_message INTEGER REFERENCES messages (id) ON DELETE SET NULL,
  revision INTEGER NOT NULL DEFAULT 0,
  updated_at INTEGER NOT NULL,
  uploaded_revision INTEGER,
  server_message INTEGER REFERENCES messages (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX drafts_by_server_message ON drafts (server_message);
CREATE INDEX drafts_by_relation ON drafts (relation_message);

CREATE TABLE draft_attachments (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  draft INTEGER NOT NULL REFERENCES drafts (number) ON DELETE CASCADE,
  file_name TEXT NOT NULL,
  content_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  bytes BLOB NOT NULL
) STRICT;
CREATE INDEX draft_attachments_by_draft ON draft_attachments (draft);

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES accounts (number) ON DELETE CASCADE,
  draft TEXT,
  message_id TEXT NOT NULL,
  subject TEXT NOT NULL,
  envelope TEXT NOT NULL,
  state TEXT NOT NULL,
  problem TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_at INTEGER,
  queued_at INTEGER NOT NULL,
  sent_at INTEGER,
  raw BLOB,
  sent_copy BLOB
) STRICT;
CREATE INDEX outbox_by_state ON outbox (state, next_attempt_at);

CREATE TABLE tasks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES accounts (number) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  next_attempt_at INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  problem TEXT
) STRICT;
CREATE INDEX tasks_open ON tasks (account, id) WHERE state <> 'done';

-- Which messages an open task touches; a message with a row here is shown as pending.
CREATE TABLE task_messages (
  message INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
  task INTEGER NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
  PRIMARY KEY (message, task)
) STRICT, WITHOUT ROWID;
CREATE INDEX task_messages_by_task ON task_messages (task);

CREATE TABLE undo_journal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  label TEXT NOT NULL,
  inverse TEXT NOT NULL
) STRICT;
`,
} as const
