/** Conversations, their history, what waits to be sent, and what OMEMO needs. */
export const chatSteps = {
  version: 23,
  name: 'chat',
  statements: `
-- One row an account that had chat. settings: ChatSettings as JSON.
CREATE TABLE chat_accounts (
  account INTEGER PRIMARY KEY REFERENCES accounts (number) ON DELETE CASCADE,
  settings TEXT NOT NULL DEFAULT '{}',
  began_at INTEGER NOT NULL,
  -- The next place for what comes live.
  next_place INTEGER NOT NULL DEFAULT 1
) STRICT;

-- kind: person, room. mode: encrypted, clear. hold: why nothing is sent (ChatHold). seen: place up to which a person saw. wrote_at: when something was last
-- written there from here. room: what is known of a room, as JSON.
CREATE TABLE chat_conversations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES accounts (number) ON DELETE CASCADE,
  jid TEXT NOT NULL,
  kind TEXT NOT NULL,
  name TEXT NOT NULL DEFAULT '',
  mode TEXT NOT NULL DEFAULT 'encrypted',
  hold TEXT,
  is_request INTEGER NOT NULL DEFAULT 0,
  is_hidden INTEGER NOT NULL DEFAULT 0,
  is_pinned INTEGER NOT NULL DEFAULT 0,
  is_muted INTEGER NOT NULL DEFAULT 0,
  draft TEXT NOT NULL DEFAULT '',
  draft_reply INTEGER,
  draft_corrects INTEGER,
  seen INTEGER NOT NULL DEFAULT 0,
  wrote_at INTEGER,
  last_at INTEGER NOT NULL,
  room TEXT,
  UNIQUE (account, jid)
) STRICT;

-- place: order within the conversation, by the archive; what is not sent yet stands behind all. sender: bare address, in rooms the occupant id or the full
-- address. at: the archive's time. note: a row that nobody wrote (kinds of ChatNote). form: payload as it was, of what could not be decrypted yet.
CREATE TABLE chat_messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation INTEGER NOT NULL REFERENCES chat_conversations (id) ON DELETE CASCADE,
  place INTEGER NOT NULL,
  is_own INTEGER NOT NULL,
  sender TEXT NOT NULL,
  sender_name TEXT NOT NULL DEFAULT '',
  sender_full TEXT NOT NULL DEFAULT '',
  origin_id TEXT NOT NULL,
  stanza_id TEXT,
  at INTEGER NOT NULL,
  text TEXT NOT NULL,
  encryption TEXT NOT NULL,
  fingerprint TEXT,
  device_id INTEGER,
  state TEXT NOT NULL,
  waits TEXT,
  undo_until INTEGER,
  failure TEXT,
  undecryptable TEXT,
  retracted TEXT,
  retract_reason TEXT NOT NULL DEFAULT '',
  reply_id TEXT,
  reply_to TEXT,
  is_mention INTEGER NOT NULL DEFAULT 0,
  is_private INTEGER NOT NULL DEFAULT 0,
  from_other_device INTEGER NOT NULL DEFAULT 0,
  corrects TEXT,
  note TEXT,
  is_indexed INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX chat_messages_by_place ON chat_messages (conversation, place, id);
CREATE UNIQUE INDEX chat_messages_by_stanza ON chat_messages (conversation, stanza_id) WHERE stanza_id IS NOT NULL;
CREATE INDEX chat_messages_by_origin ON chat_messages (conversation, origin_id);
CREATE INDEX chat_messages_unread ON chat_messages (conversation, place) WHERE is_own = 0 AND note IS NULL;
CREATE INDEX chat_messages_not_indexed ON chat_messages (id) WHERE is_indexed = 0;
CREATE INDEX chat_messages_waiting ON chat_messages (conversation) WHERE state IN ('queued', 'failed');

-- Texts of a message that was corrected: the first, whose id is the message's, and that of each correction. The latest is shown.
CREATE TABLE chat_edits (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  message INTEGER NOT NULL REFERENCES chat_messages (id) ON DELETE CASCADE,
  text TEXT NOT NULL,
  at INTEGER NOT NULL,
  by_id TEXT NOT NULL,
  encryption TEXT NOT NULL,
  UNIQUE (message, by_id)
) STRICT;
CREATE INDEX chat_edits_by_id ON chat_edits (by_id);

-- All reactions of one person to one message, as a JSON list.
CREATE TABLE chat_reactions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  message INTEGER NOT NULL REFERENCES chat_messages (id) ON DELETE CASCADE,
  sender TEXT NOT NULL,
  sender_name TEXT NOT NULL DEFAULT '',
  emoji TEXT NOT NULL,
  at INTEGER NOT NULL,
  UNIQUE (message, sender)
) STRICT;

-- What is about a message that did not come yet: kind (retract, react, receipt, marker), and who says it.
CREATE TABLE chat_early (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation INTEGER NOT NULL REFERENCES chat_conversations (id) ON DELETE CASCADE,
  target TEXT NOT NULL,
  kind TEXT NOT NULL,
  sender TEXT NOT NULL,
  detail TEXT NOT NULL,
  at INTEGER NOT NULL,
  UNIQUE (conversation, target, kind, sender)
) STRICT;

-- Files of messages. bytes: fetched, checked and decrypted.
CREATE TABLE chat_files (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  message INTEGER NOT NULL REFERENCES chat_messages (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  type TEXT NOT NULL,
  size INTEGER,
  width INTEGER,
  height INTEGER,
  url TEXT NOT NULL,
  is_encrypted INTEGER NOT NULL,
  state TEXT NOT NULL,
  bytes BLOB,
  UNIQUE (message, position)
) STRICT;

-- Stretches of an archive (own: the own bare address; else a room's) that were read without a gap. first_id, last_id: the archive's ids; NULL first_id: from its
-- start. Places: where rows go that stand before the first and behind the last.
CREATE TABLE chat_ranges (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES accounts (number) ON DELETE CASCADE,
  archive TEXT NOT NULL,
  first_id TEXT,
  last_id TEXT NOT NULL,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  first_place INTEGER NOT NULL,
  last_place INTEGER NOT NULL,
  is_purged INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX chat_ranges_by_archive ON chat_ranges (account, archive, last_place);

-- What is to be sent: content (JSON) is what it says; bytes the stanza once it was made, never made anew but where devices changed before it was handed
-- over. state: held, ready, handed (the connection has it), unknown (the archive is asked).
CREATE TABLE chat_outgoing (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  conversation INTEGER NOT NULL REFERENCES chat_conversations (id) ON DELETE CASCADE,
  message INTEGER REFERENCES chat_messages (id) ON DELETE CASCADE,
  stanza TEXT NOT NULL UNIQUE,
  content TEXT NOT NULL,
  bytes BLOB,
  encryption TEXT NOT NULL DEFAULT 'none',
  in_clear INTEGER NOT NULL DEFAULT 0,
  devices TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL,
  not_before INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX chat_outgoing_by_message ON chat_outgoing (message);

-- Contacts as the server has them. ask, subscription: RFC 6121.
CREATE TABLE chat_roster (
  account INTEGER NOT NULL REFERENCES accounts (number) ON DELETE CASCADE,
  jid TEXT NOT NULL,
  name TEXT NOT NULL,
  subscription TEXT NOT NULL,
  PRIMARY KEY (account, jid)
) STRICT;
CREATE TABLE chat_blocked (
  account INTEGER NOT NULL REFERENCES accounts (number) ON DELETE CASCADE,
  jid TEXT NOT NULL,
  PRIMARY KEY (account, jid)
) STRICT;

-- Devices of others and own ones, and what a person decided. versions: omemo, omemo2, both by a comma. fingerprint: '' before a bundle was seen.
CREATE TABLE chat_devices (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES accounts (number) ON DELETE CASCADE,
  jid TEXT NOT NULL,
  device_id INTEGER NOT NULL,
  fingerprint TEXT NOT NULL DEFAULT '',
  trust TEXT NOT NULL,
  label TEXT NOT NULL DEFAULT '',
  versions TEXT NOT NULL,
  is_active INTEGER NOT NULL,
  is_new INTEGER NOT NULL,
  first_seen INTEGER NOT NULL,
  last_seen INTEGER,
  UNIQUE (account, jid, device_id)
) STRICT;

-- The own device and its sessions, sealed by the vault. They never leave this machine: a restored profile is a new device.
CREATE TABLE chat_own_device (
  account INTEGER PRIMARY KEY REFERENCES accounts (number) ON DELETE CASCADE,
  device_id INTEGER NOT NULL,
  fingerprint TEXT NOT NULL,
  sealed BLOB NOT NULL,
  made_at INTEGER NOT NULL,
  published INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE chat_sessions (
  account INTEGER NOT NULL REFERENCES accounts (number) ON DELETE CASCADE,
  jid TEXT NOT NULL,
  device_id INTEGER NOT NULL,
  version TEXT NOT NULL,
  sealed BLOB NOT NULL,
  -- An empty message is owed: answer, heartbeat, heal. beat: the chain that was answered last (healing.ts).
  owes TEXT,
  beat TEXT NOT NULL DEFAULT '',
  heal_attempts INTEGER NOT NULL DEFAULT 0,
  healed_at INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (account, jid, device_id, version)
) STRICT;

-- Folded by the program (foldText), as the index of mail.
CREATE VIRTUAL TABLE chat_words USING fts5 (
  text, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* Co'"
);
CREATE TRIGGER chat_messages_words_delete AFTER DELETE ON chat_messages BEGIN
  DELETE FROM chat_words WHERE rowid = old.id;
END;
`,
} as const
