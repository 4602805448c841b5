/** When reminders of calendar objects are due: asked instead of all objects. */
export const alarms = {
  version: 18,
  name: 'alarms',
  statements: `
-- One row an object that may remind. next_ms: when something of it is due next; 0: not looked at since it was written; NULL: never. due: something
-- of it waits to be seen. known_ms: when it was seen first. told_ms: up to when it was told of. seen_ms, hidden_ms: dismissed up to, and put off
-- until, where the object itself cannot be written. zone: in which it was looked at.
CREATE TABLE calendar_alarms (
  object INTEGER PRIMARY KEY REFERENCES calendar_objects (id) ON DELETE CASCADE,
  next_ms INTEGER DEFAULT 0,
  due INTEGER NOT NULL DEFAULT 0,
  known_ms INTEGER,
  told_ms INTEGER,
  seen_ms INTEGER,
  hidden_ms INTEGER,
  zone TEXT
) STRICT;
CREATE INDEX calendar_alarms_by_time ON calendar_alarms (next_ms);
-- of_people: of birthdays and anniversaries, made of the contacts.
ALTER TABLE calendars ADD COLUMN of_people INTEGER NOT NULL DEFAULT 0;
-- To-dos are in the index from now on, and words with ä, ö, ü in both spellings: it is made again when it is looked at.
DELETE FROM calendar_events;
INSERT INTO calendar_alarms (object) SELECT id FROM calendar_objects;
-- Whoever writes an object, here or for a server, makes its row old.
CREATE TRIGGER calendar_alarms_of_new AFTER INSERT ON calendar_objects BEGIN
  INSERT INTO calendar_alarms (object) VALUES (new.id) ON CONFLICT (object) DO UPDATE SET next_ms = 0;
END;
CREATE TRIGGER calendar_alarms_of_changed AFTER UPDATE OF raw, state ON calendar_objects BEGIN
  INSERT INTO calendar_alarms (object) VALUES (new.id) ON CONFLICT (object) DO UPDATE SET next_ms = 0;
END;
`,
} as const
