/** Full-text indexes and address book. Bodies that are here already are read and indexed by the program. */
export const search = {
  version: 2,
  name: 'search',
  statements: `
-- Two indexes, because replacing a row of a contentless index costs many times what adding one costs: headers
-- are searchable as soon as they are here, bodies are added when they come.
CREATE VIRTUAL TABLE search_headers USING fts5 (
  subject, sender, recipients,
  content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE search_bodies USING fts5 (
  body, attachments,
  content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
-- Segments are merged by the program in small steps when it has time, not in the middle of a first sync
-- (measured: a first sync writes its index in half the time). crisismerge is the limit that never lets it grow wild.
INSERT INTO search_headers (search_headers, rank) VALUES ('hashsize', 16777216);
INSERT INTO search_headers (search_headers, rank) VALUES ('automerge', 0);
INSERT INTO search_headers (search_headers, rank) VALUES ('crisismerge', 1000);
INSERT INTO search_bodies (search_bodies, rank) VALUES ('hashsize', 16777216);
INSERT INTO search_bodies (search_bodies, rank) VALUES ('automerge', 0);
INSERT INTO search_bodies (search_bodies, rank) VALUES ('crisismerge', 1000);

INSERT INTO search_headers (rowid, subject, sender, recipients)
  SELECT m.id, m.subject,
    (SELECT group_concat((value ->> 'name') || ' ' || (value ->> 'address'), ' ') FROM json_each(m.sender)),
    (SELECT group_concat((value ->> 'name') || ' ' || (value ->> 'address'), ' ') FROM json_each(m.recipients))
  FROM messages m;

CREATE TRIGGER messages_search_delete AFTER DELETE ON messages BEGIN
  DELETE FROM search_headers WHERE rowid = old.id;
  DELETE FROM search_bodies WHERE rowid = old.id;
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
