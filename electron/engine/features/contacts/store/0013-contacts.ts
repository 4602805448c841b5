/**
 * Address books and their cards. A book of a service knows its collection there (href, ctag, token); one of this machine has
 * none of these. `raw` is the card as it is, `base` the last copy of the server that it was changed from.
 */
export const contacts = {
  version: 13,
  name: 'contacts',
  statements: `
CREATE TABLE address_books (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER REFERENCES accounts (number) ON DELETE CASCADE,
  name TEXT NOT NULL,
  kind TEXT NOT NULL DEFAULT 'personal',
  href TEXT,
  ctag TEXT,
  sync_token TEXT,
  read_only INTEGER NOT NULL DEFAULT 0,
  owner TEXT NOT NULL DEFAULT '',
  position INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX address_books_href ON address_books (account, href) WHERE href IS NOT NULL;

-- uid: in the form in which UIDs are compared; as it is written it stands in the card.
CREATE TABLE cards (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  book INTEGER NOT NULL REFERENCES address_books (id) ON DELETE CASCADE,
  href TEXT,
  etag TEXT,
  uid TEXT NOT NULL,
  raw BLOB NOT NULL,
  base BLOB
) STRICT;
CREATE INDEX cards_of_book ON cards (book, uid);
CREATE UNIQUE INDEX cards_href ON cards (book, href) WHERE href IS NOT NULL;

-- What is read of a card, made again from it where it is missing. words: as address_book has them; person_words: of the name and the addresses alone.
CREATE TABLE card_index (
  card INTEGER PRIMARY KEY REFERENCES cards (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  sort_key TEXT NOT NULL,
  organisation TEXT NOT NULL,
  emails TEXT NOT NULL,
  phones TEXT NOT NULL,
  categories TEXT NOT NULL,
  birthday TEXT,
  words TEXT NOT NULL,
  person_words TEXT NOT NULL
) STRICT;
CREATE INDEX card_index_sorted ON card_index (sort_key);
CREATE TABLE card_addresses (
  address TEXT NOT NULL,
  card INTEGER NOT NULL REFERENCES cards (id) ON DELETE CASCADE,
  PRIMARY KEY (address, card)
) STRICT, WITHOUT ROWID;
CREATE INDEX card_addresses_of_card ON card_addresses (card);
`,
} as const
