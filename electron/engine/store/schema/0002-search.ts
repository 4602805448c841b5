/** Full-text index and address book. Both are made from messages and can be made again. */
export const search = {
  version: 2,
  name: 'search',
  statements: `
CREATE VIRTUAL TABLE search_index USING fts5 (
  subject, sender, recipients, body, attachments,
  content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
-- Bytes gathered in memory before a segment is written, and segments before a merge: measured, half the time
-- of the defaults for a first sync.
INSERT INTO search_index (search_index, rank) VALUES ('hashsize', 16777216);
INSERT INTO search_index (search_index, rank) VALUES ('automerge', 16);

-- Headers are searchable at once; bodies that are already here are indexed again by the program.
INSERT INTO search_index (rowid, subject, sender, recipients, body, attachments)
  SELECT m.id, m.subject,
    (SELECT group_concat((value ->> 'name') || ' ' || (value ->> 'address'), ' ') FROM json_each(m.sender)),
    (SELECT group_concat((value ->> 'name') || ' ' || (value ->> 'address'), ' ') FROM json_each(m.recipients)),
    '', ''
  FROM messages m;

CREATE TRIGGER messages_search_delete AFTER DELETE ON messages BEGIN
  DELETE FROM search_index WHERE rowid = old.id;
END;

-- weight: messages the user wrote to this address count 20, messages from it count 1.
CREATE TABLE address_book (
  address TEXT PRIMARY KEY COLLATE NOCASE,
  name TEXT NOT NULL,
  weight INTEGER NOT NULL,
  last_used INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO address_book
  SELECT json_extract(sender, '$[0].address'), max(json_extract(sender, '$[0].name')), count(*), max(date)
  FROM messages WHERE coalesce(json_extract(sender, '$[0].address'), '') <> ''
  GROUP BY json_extract(sender, '$[0].address') COLLATE NOCASE;
`,
} as const
