/** Calendars that are read from an address. */
export const subscriptionSteps = {
  version: 21,
  name: 'calendar subscriptions',
  statements: `
-- route: the way, as JSON. follows: places that the address led to and the person agreed to, as JSON. interval_ms NULL: as the calendar suggests.
-- next_ms: when it is asked for. state: what the last answers were, as JSON; it can be lost, then everything is fetched once more.
CREATE TABLE calendar_subscriptions (
  calendar INTEGER PRIMARY KEY REFERENCES calendars (id) ON DELETE CASCADE,
  url TEXT NOT NULL,
  route TEXT NOT NULL,
  follows TEXT NOT NULL DEFAULT '[]',
  ca_pem TEXT,
  interval_ms INTEGER,
  next_ms INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT '{}'
) STRICT;
`,
} as const
