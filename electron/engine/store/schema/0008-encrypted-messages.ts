/** Which messages are encrypted, and what was put into their rows from inside. */
export const encryptedMessages = {
  version: 8,
  name: 'encrypted-messages',
  statements: `
-- state: 0 not opened yet, 1 opened and in the search index, 2 could not be opened.
-- outer: JSON of the row as its clear header has it; NULL while the row is that.
CREATE TABLE encrypted_messages (
  message INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
  state INTEGER NOT NULL DEFAULT 0,
  outer TEXT
) STRICT;
CREATE INDEX encrypted_messages_by_state ON encrypted_messages (state, message);
`,
} as const
