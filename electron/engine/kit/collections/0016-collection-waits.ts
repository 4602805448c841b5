/** What of collections on servers waits for somebody, until it is answered or has settled itself. */
export const collectionWaits = {
  version: 16,
  name: 'collection waits',
  statements: `
-- kind: calendar, contacts. collection, object: row ids of that feature, which are never used again. href, etag: of an object of the server that
-- could not be read; it is asked for again when its etag is another one or due_ms is over. facts: JSON.
CREATE TABLE collection_waits (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  collection INTEGER NOT NULL,
  what TEXT NOT NULL,
  object INTEGER,
  href TEXT,
  etag TEXT,
  tries INTEGER NOT NULL DEFAULT 0,
  due_ms INTEGER NOT NULL DEFAULT 0,
  facts TEXT NOT NULL DEFAULT '{}',
  at_ms INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX collection_waits_once ON collection_waits (kind, collection, what, coalesce(object, 0), coalesce(href, ''));
`,
} as const
