/** What is remembered of recipients' domains, and the TLSA records seen at the user's own servers. */
export const transport = {
  version: 5,
  name: 'transport',
  statements: `
CREATE TABLE transport_domains (
  domain TEXT NOT NULL PRIMARY KEY,
  locked TEXT NOT NULL,
  last TEXT,
  policy TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE transport_tlsa (
  host TEXT NOT NULL,
  port INTEGER NOT NULL,
  records TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  PRIMARY KEY (host, port)
) STRICT, WITHOUT ROWID;
`,
} as const
