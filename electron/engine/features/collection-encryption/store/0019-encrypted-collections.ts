/** Collections of DAV servers that are encrypted, and what was seen in them. */
export const encryptedCollections = {
  version: 19,
  name: 'encrypted collections',
  statements: `
-- schedules: the server invites guests itself, or has not said yet. facts: what the key object says but for the secrets, as JSON. key_object: as it was taken last. refused: objects of the last pass that were not
-- believed, as JSON. stays_clear: ids of objects with guests, as JSON.
CREATE TABLE encrypted_collections (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES accounts (number) ON DELETE CASCADE,
  url TEXT NOT NULL,
  joined INTEGER NOT NULL,
  working INTEGER NOT NULL,
  facts TEXT NOT NULL,
  schedules INTEGER NOT NULL DEFAULT 1,
  signed_by TEXT,
  key_object BLOB NOT NULL,
  refused TEXT NOT NULL DEFAULT '[]',
  stays_clear TEXT NOT NULL DEFAULT '[]',
  left_over INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX encrypted_collections_by_url ON encrypted_collections (account, url);

-- The newest version of each object that was ever seen: an older one is not taken again. settled: it was among the objects that are here.
CREATE TABLE encrypted_objects (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  collection INTEGER NOT NULL REFERENCES encrypted_collections (id) ON DELETE CASCADE,
  uid TEXT NOT NULL,
  path TEXT NOT NULL,
  revision INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  digest TEXT NOT NULL,
  settled INTEGER NOT NULL DEFAULT 0,
  gone INTEGER NOT NULL DEFAULT 0,
  old INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX encrypted_objects_by_uid ON encrypted_objects (collection, uid);
CREATE INDEX encrypted_objects_by_path ON encrypted_objects (collection, path);

-- The journal of replacing one form by the other. object: row of a calendar object or a card.
CREATE TABLE encrypted_moves (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  collection INTEGER NOT NULL REFERENCES encrypted_collections (id) ON DELETE CASCADE,
  object INTEGER NOT NULL,
  new_href TEXT NOT NULL,
  old_href TEXT NOT NULL,
  old_etag TEXT,
  old_schedule_tag TEXT,
  old_bytes BLOB NOT NULL,
  adopted INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX encrypted_moves_by_object ON encrypted_moves (collection, object);
`,
} as const
