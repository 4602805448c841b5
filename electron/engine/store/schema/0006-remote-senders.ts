/** Senders whose remote images the user always wants to see. */
export const remoteSenders = {
  version: 6,
  name: 'remote-senders',
  statements: `
CREATE TABLE remote_senders (
  address TEXT NOT NULL PRIMARY KEY,
  allowed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`,
} as const
