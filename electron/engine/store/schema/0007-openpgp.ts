/** Own keys, other people's keys, what is known of addresses, and the OpenPGP settings of accounts. */
export const openpgp = {
  version: 7,
  name: 'openpgp',
  statements: `
-- Exists nowhere else: carried over from a damaged store like drafts. A key outlives its accounts.
CREATE TABLE own_keys (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  fingerprint TEXT NOT NULL UNIQUE,
  facts TEXT NOT NULL,
  public_key BLOB NOT NULL,
  sealed BLOB NOT NULL,
  protection TEXT NOT NULL,
  revocation TEXT,
  backed_up_at INTEGER,
  reminded_at INTEGER,
  added_at INTEGER NOT NULL
) STRICT;

CREATE TABLE public_keys (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  fingerprint TEXT NOT NULL UNIQUE,
  facts TEXT NOT NULL,
  public_key BLOB NOT NULL
) STRICT;

-- own_trust: what the user said; evidence: JSON list, oldest first.
CREATE TABLE key_addresses (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  address TEXT NOT NULL,
  fingerprint TEXT NOT NULL REFERENCES public_keys (fingerprint) ON DELETE CASCADE,
  evidence TEXT NOT NULL,
  own_trust TEXT,
  verified_at INTEGER,
  in_use INTEGER NOT NULL DEFAULT 0,
  rejected INTEGER NOT NULL DEFAULT 0,
  first_seen_at INTEGER NOT NULL,
  UNIQUE (address, fingerprint)
) STRICT;
CREATE UNIQUE INDEX key_addresses_in_use ON key_addresses (address) WHERE in_use = 1;
CREATE INDEX key_addresses_by_fingerprint ON key_addresses (fingerprint);

-- Primary keys and subkeys, own and foreign.
CREATE TABLE key_ids (
  key_id TEXT NOT NULL,
  fingerprint TEXT NOT NULL,
  PRIMARY KEY (key_id, fingerprint)
) STRICT, WITHOUT ROWID;
CREATE INDEX key_ids_by_fingerprint ON key_ids (fingerprint);

-- Autocrypt Level 1 §2.3: what the newest message of an address asked for, and when that was.
CREATE TABLE address_preferences (
  address TEXT NOT NULL PRIMARY KEY,
  prefers_encryption INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE key_conflicts (
  address TEXT NOT NULL PRIMARY KEY,
  conflict TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE openpgp_settings (
  account INTEGER PRIMARY KEY REFERENCES accounts (number) ON DELETE CASCADE,
  value TEXT NOT NULL
) STRICT;
`,
} as const
