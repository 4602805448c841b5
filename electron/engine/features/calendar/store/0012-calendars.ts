/** Calendars, their objects byte for byte, and an index of when these take place. */
export const calendars = {
  version: 12,
  name: 'calendars',
  statements: `
-- account NULL: on this machine only. href, ctag, sync_token: of a collection on a server. name '': the first one, called "Personal" in the
-- language of whoever looks. owner: whose it is, where that is somebody else.
CREATE TABLE calendars (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER REFERENCES accounts (number) ON DELETE CASCADE,
  href TEXT,
  name TEXT NOT NULL,
  colour TEXT NOT NULL,
  owner TEXT NOT NULL DEFAULT '',
  read_only INTEGER NOT NULL DEFAULT 0,
  visible INTEGER NOT NULL DEFAULT 1,
  position INTEGER NOT NULL,
  ctag TEXT,
  sync_token TEXT
) STRICT;
CREATE UNIQUE INDEX calendars_by_href ON calendars (account, href) WHERE href IS NOT NULL;
INSERT INTO calendars (name, colour, position) VALUES ('', '#3465a4', 0);

-- raw: the object as it is here. base: as the server had it last, where raw is another one since. state: here, new, changed, deleted
-- (the last three wait for a server). kind: VEVENT, VTODO, VJOURNAL, VFREEBUSY.
CREATE TABLE calendar_objects (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  calendar INTEGER NOT NULL REFERENCES calendars (id) ON DELETE CASCADE,
  href TEXT,
  etag TEXT,
  uid TEXT NOT NULL,
  kind TEXT NOT NULL,
  raw BLOB NOT NULL,
  base BLOB,
  state TEXT NOT NULL DEFAULT 'here'
) STRICT;
CREATE UNIQUE INDEX calendar_objects_by_href ON calendar_objects (calendar, href) WHERE href IS NOT NULL;
CREATE INDEX calendar_objects_by_uid ON calendar_objects (calendar, uid);

-- One row an object: outside of from_ms to to_ms it surely does not take place. plain: all that a list shows of an event that takes place
-- once, as JSON; NULL where the object must be read. find: folded text in which words are looked for.
CREATE TABLE calendar_events (
  object INTEGER PRIMARY KEY REFERENCES calendar_objects (id) ON DELETE CASCADE,
  from_ms INTEGER NOT NULL,
  to_ms INTEGER NOT NULL,
  plain TEXT,
  find TEXT NOT NULL
) STRICT;
CREATE INDEX calendar_events_by_time ON calendar_events (to_ms, from_ms);
`,
} as const
