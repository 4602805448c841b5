/** What bringing address books into step with a server needs besides what step 13 made room for. */
export const contactSync = {
  version: 15,
  name: 'contact sync',
  statements: `
-- server_name: as the server told it last; a name that was chosen here stays until the server tells another. unfinished: a listing in
-- pages was cut off; the next one compares everything.
ALTER TABLE address_books ADD COLUMN server_name TEXT;
ALTER TABLE address_books ADD COLUMN unfinished INTEGER NOT NULL DEFAULT 0;
-- here, new, changed, deleted: the last three wait for a server. A deleted one is in no index. base of a new one: what was sent to href,
-- where the answer is not known yet.
ALTER TABLE cards ADD COLUMN state TEXT NOT NULL DEFAULT 'here';
-- Pictures stand before the state in a row: these are read instead.
CREATE INDEX cards_waiting ON cards (book) WHERE state <> 'here';
CREATE INDEX cards_told ON cards (book, href, etag, uid, state) WHERE href IS NOT NULL;
`,
} as const
