/** What is remembered of each account's stream to its chat server. */
export const chatStreams = {
  version: 22,
  name: 'streams to chat servers',
  statements: `
-- user_agent: a UUID that the server knows this profile by, and nobody else. scram, hashed: seen once at a login, and demanded since.
-- token: JSON of a login token (XEP-0484). stream: id to resume by; null without one. handled: stanzas of the server that are stored here.
-- acked: what the server said last to have of ours. promised: no more than this was sent since the stream began. All three are counters of
-- XEP-0198, that begin again at 2^32.
CREATE TABLE chat_streams (
  account INTEGER PRIMARY KEY REFERENCES accounts (number) ON DELETE CASCADE,
  user_agent TEXT NOT NULL,
  scram INTEGER NOT NULL DEFAULT 0,
  hashed INTEGER NOT NULL DEFAULT 0,
  token TEXT,
  stream TEXT,
  jid TEXT,
  handled INTEGER NOT NULL DEFAULT 0,
  acked INTEGER NOT NULL DEFAULT 0,
  promised INTEGER NOT NULL DEFAULT 0
) STRICT;
-- Messages that the server may not have. position: their order. counter: what the count of sent stanzas was with them.
CREATE TABLE chat_unacked (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES accounts (number) ON DELETE CASCADE,
  id TEXT NOT NULL,
  counter INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  stanza BLOB NOT NULL,
  UNIQUE (account, id)
) STRICT;
`,
} as const
