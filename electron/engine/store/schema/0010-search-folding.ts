/** A search index whose letters are folded by the program. It is filled in the background; until then the old one answers. */
export const searchFolding = {
  version: 10,
  name: 'search-folding',
  statements: `
-- Folded by the program (foldText), so the tokenizer only cuts. Marks are part of a word: what is left of them after
-- folding are the vowels of scripts like Devanagari.
CREATE VIRTUAL TABLE find_headers USING fts5 (
  subject, sender, addressed, copied, blind,
  content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* Co'"
);
CREATE VIRTUAL TABLE find_bodies USING fts5 (
  body, attachments,
  content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0 categories 'L* M* N* Co'"
);
-- As in step 2.
INSERT INTO find_headers (find_headers, rank) VALUES ('hashsize', 16777216);
INSERT INTO find_headers (find_headers, rank) VALUES ('automerge', 0);
INSERT INTO find_headers (find_headers, rank) VALUES ('crisismerge', 1000);
INSERT INTO find_bodies (find_bodies, rank) VALUES ('hashsize', 16777216);
INSERT INTO find_bodies (find_bodies, rank) VALUES ('automerge', 0);
INSERT INTO find_bodies (find_bodies, rank) VALUES ('crisismerge', 1000);

-- The words that are in them, for searches of an end or a middle of a word.
CREATE VIRTUAL TABLE find_header_words USING fts5vocab (find_headers, row);
CREATE VIRTUAL TABLE find_body_words USING fts5vocab (find_bodies, row);

-- One row while anything of the old index is there. below: messages with smaller ids are still only in the old one; 0 when
-- all were renewed. first_new: the smallest id that was never in the old one. done, total: messages renewed, and to renew.
CREATE TABLE search_renewal (
  below INTEGER NOT NULL, first_new INTEGER NOT NULL, done INTEGER NOT NULL, total INTEGER NOT NULL
) STRICT;
INSERT INTO search_renewal SELECT coalesce(max(id), 0) + 1, coalesce(max(id), 0) + 1, 0, count(*) FROM messages;

DROP TRIGGER messages_search_delete;
CREATE TRIGGER messages_find_delete AFTER DELETE ON messages BEGIN
  DELETE FROM find_headers WHERE rowid = old.id;
  DELETE FROM find_bodies WHERE rowid = old.id;
END;
-- Each goes before its table does.
CREATE TRIGGER messages_old_headers_delete AFTER DELETE ON messages BEGIN
  DELETE FROM search_headers WHERE rowid = old.id;
END;
CREATE TRIGGER messages_old_bodies_delete AFTER DELETE ON messages BEGIN
  DELETE FROM search_bodies WHERE rowid = old.id;
END;

-- words: name and address folded and cut into what a suggestion may begin with; '' where the program has not done it yet.
-- written: messages the user wrote to this address.
ALTER TABLE address_book ADD COLUMN words TEXT NOT NULL DEFAULT '';
ALTER TABLE address_book ADD COLUMN written INTEGER NOT NULL DEFAULT 0;
CREATE INDEX address_book_without_words ON address_book (address) WHERE words = '';
`,
} as const
