/** What a pass asks a large calendar for all the time, without reading its objects. */
export const calendarWaiting = {
  version: 20,
  name: 'calendar waiting',
  statements: `
-- The objects stand before the state in a row: these are read instead. Without them each object that arrives reads all that are there.
CREATE INDEX calendar_objects_waiting ON calendar_objects (calendar) WHERE state <> 'here';
CREATE INDEX calendar_objects_told ON calendar_objects (calendar, href, etag, uid, state) WHERE href IS NOT NULL;
`,
} as const
