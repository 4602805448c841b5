/** What came of invitations, and what was answered. */
export const invitationSteps = {
  version: 17,
  name: 'invitations',
  statements: `
-- Its server sends invitations and answers by itself (RFC 6638).
ALTER TABLE calendars ADD COLUMN schedules INTEGER NOT NULL DEFAULT 0;
-- The last version that came of an event (instance NULL) or of one of its instances, which is named by the instant of its original start. stored: a
-- calendar has it. waiting: a cancelled instance whose series did not come yet.
-- said: what the stored version said of what guests change for themselves.
CREATE TABLE invitation_versions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES accounts (number) ON DELETE CASCADE,
  uid TEXT NOT NULL,
  instance INTEGER,
  sequence INTEGER NOT NULL,
  stamp INTEGER NOT NULL,
  cancelled INTEGER NOT NULL,
  stored INTEGER NOT NULL,
  waiting BLOB,
  said TEXT
) STRICT;
CREATE UNIQUE INDEX invitation_versions_by_uid ON invitation_versions (account, uid, coalesce(instance, -9007199254740991));

-- The last answer of a guest of an event of mine, or mine (is_mine) to somebody's event. status: PARTSTAT. outbox: the row that the mail with it
-- had, which may be gone; NULL where none was sent.
CREATE TABLE invitation_answers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES accounts (number) ON DELETE CASCADE,
  uid TEXT NOT NULL,
  instance INTEGER,
  attendee TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  stamp INTEGER NOT NULL,
  is_mine INTEGER NOT NULL DEFAULT 0,
  status TEXT NOT NULL DEFAULT '',
  comment TEXT NOT NULL DEFAULT '',
  outbox INTEGER
) STRICT;
CREATE UNIQUE INDEX invitation_answers_by_uid
  ON invitation_answers (account, uid, coalesce(instance, -9007199254740991), attendee, is_mine);
`,
} as const
