/** Of which version of the server's roster ours is (RFC 6121 §2.6). */
export const rosterVersionSteps = {
  version: 25,
  name: 'versions of rosters',
  statements: `
CREATE TABLE chat_roster_versions (
  account INTEGER PRIMARY KEY REFERENCES accounts (number) ON DELETE CASCADE,
  version TEXT NOT NULL
) STRICT;
`,
} as const
