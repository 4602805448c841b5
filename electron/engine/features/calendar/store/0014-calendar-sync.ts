/** What bringing calendars into step with a server needs besides what step 12 made room for. */
export const calendarSync = {
  version: 14,
  name: 'calendar sync',
  statements: `
-- server_name, server_colour: as the server told them last; a name or colour that was chosen here stays until the server tells another.
ALTER TABLE calendars ADD COLUMN server_name TEXT;
ALTER TABLE calendars ADD COLUMN server_colour TEXT;
-- unfinished: a listing in pages was cut off; the next one compares everything.
ALTER TABLE calendars ADD COLUMN unfinished INTEGER NOT NULL DEFAULT 0;
-- schedule_tag: of objects with guests on a server that schedules (RFC 6638 §3.2.10). base of a new object: what was sent to href, where the
-- answer is not known yet.
ALTER TABLE calendar_objects ADD COLUMN schedule_tag TEXT;
`,
} as const
