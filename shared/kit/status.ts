import { z } from 'zod'
import { accountState, serviceKind } from '../features/accounts/model'
import { alarmNoticeChoices, quietHours } from '../features/alarms/notices'
import { meetingPlace, meetingPlaceLimit } from '../features/meetings/places'
import { errorParams } from './errors/error-schema'
import { accountId, mailboxId } from './ids'

/** A failure as data: code, whether trying again may help, and the facts for the words. */
export const problem = z.object({
  code: z.string().max(60),
  retryable: z.boolean(),
  params: errorParams,
})
export type Problem = z.infer<typeof problem>

/** What the engine is doing for one service of an account. */
export const syncStatus = z.object({
  accountId,
  service: serviceKind,
  state: accountState,
  mailboxId: mailboxId.nullable(),
  phase: z.enum(['folders', 'headers', 'bodies', 'changes', 'collections', 'objects']).nullable(),
  done: z.number().int().nonnegative(),
  total: z.number().int().nonnegative(),
  lastCheckedAtMs: z.number().nullable(),
  nextAttemptAtMs: z.number().nullable(),
  problem: problem.nullable(),
})
export type SyncStatus = z.infer<typeof syncStatus>

/** What a connection is for. The network gate isolates and logs by it. */
export const connectionPurpose = z.enum([
  'imap',
  'smtp',
  'dav',
  'xmpp',
  'sieve',
  'autoconfig',
  'key-lookup',
  'remote-content',
  'subscription',
  'unsubscribe',
  'meeting',
  'dns',
])
export type ConnectionPurpose = z.infer<typeof connectionPurpose>

/** How the certificate of an own server came in the place of the one seen before. */
export const certificateChange = z.object({
  /** `renewed`: same issuer. `other-issuer-early`: another one, long before the old certificate would have ended. */
  kind: z.enum(['renewed', 'other-issuer', 'other-issuer-early']),
  /** Whether the key is the same. */
  isKeyKept: z.boolean(),
  issuerBefore: z.string().max(500),
  fingerprintBefore: z.string().max(100),
  changedAtMs: z.number(),
})
export type CertificateChange = z.infer<typeof certificateChange>

/** A live or recent connection, or a refused attempt. */
export const connectionInfo = z.object({
  id: z.number().int(),
  accountId: accountId.nullable(),
  /** The account's service that it is for; null for look-ups and what a stranger named. */
  service: serviceKind.nullable(),
  purpose: connectionPurpose,
  host: z.string().max(253),
  port: z.number().int(),
  way: z.enum(['direct', 'tor', 'socks5', 'refused']),
  state: z.enum(['connecting', 'open', 'closed', 'failed', 'refused']),
  tls: z
    .object({
      version: z.string().max(20),
      cipher: z.string().max(80),
      keyExchange: z.string().max(80),
      fingerprint256: z.string().max(100),
      subject: z.string().max(500),
      issuer: z.string().max(500),
      /** ISO 8601. */
      validFrom: z.string().max(50),
      validTo: z.string().max(50),
      /** The last change of certificate seen at this place; own servers only. */
      change: certificateChange.optional(),
      /** Held to TLSA records that DNSSEC proves (RFC 7671). */
      dane: z.boolean().optional(),
    })
    .nullable(),
  bytesIn: z.number().int().nonnegative(),
  bytesOut: z.number().int().nonnegative(),
  sinceMs: z.number(),
  endedAtMs: z.number().nullable(),
  problem: z.string().max(500).nullable(),
  /** The proxy that carries it, as `host:port`; absent on the direct way. */
  proxy: z.string().max(300).optional(),
  /** The onion name that is dialled in place of `host`. */
  onion: z.string().max(253).optional(),
  /** The circuit in Tor; absent when the control port does not tell. */
  circuit: z
    .object({
      id: z.string().max(20),
      path: z.array(z.object({ fingerprint: z.string().max(40), nickname: z.string().max(19) })).max(10),
    })
    .optional(),
})
export type ConnectionInfo = z.infer<typeof connectionInfo>

/** How the master key is kept. */
export const keyCustody = z.enum(['keychain', 'passphrase'])
export type KeyCustody = z.infer<typeof keyCustody>

const keychainState = z.object({
  /** `locked` is not `absent`: a locked ring still holds the key. */
  state: z.enum(['available', 'locked', 'unavailable']),
  /** Name of the backend the user knows, e.g. "Secret Service (GNOME Keyring)". */
  backend: z.string().max(100),
  detail: z.string().max(500),
})
export type KeychainState = z.infer<typeof keychainState>

export const appStatus = z.object({
  state: z.enum(['no-profile', 'locked', 'opening', 'open', 'failed']),
  custody: keyCustody.nullable(),
  keychain: keychainState,
  version: z.string().max(40),
  runtime: z.object({ electron: z.string().max(40), chrome: z.string().max(40), official: z.boolean() }),
  platform: z.enum(['linux', 'darwin', 'win32']),
  problem: problem.nullable(),
})
export type AppStatus = z.infer<typeof appStatus>

/** Steps of the window's zoom in percent, as browsers have them. */
export const zoomSteps = [50, 67, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300, 400] as const

/** What may be read by anyone with the disk: looks, not content. Kept by electron-store. */
export const preferences = z.object({
  language: z.enum(['system', 'en', 'de']),
  theme: z.enum(['system', 'light', 'dark']),
  density: z.enum(['compact', 'normal', 'relaxed']),
  /** The whole window's zoom; 100 is its own size. */
  zoomPercent: z.number().int().min(50).max(400),
  /** Widths in CSS pixels. */
  panes: z.object({ folders: z.number().min(120).max(600), list: z.number().min(220).max(1200) }),
})
export type Preferences = z.infer<typeof preferences>

/** Settings with meaning; rows inside the encrypted store. */
export const settings = z.object({
  lockAfterIdleMinutes: z.number().int().min(0).max(1440),
  /** Lock when the machine goes to sleep or its screen is locked. */
  lockOnLeaving: z.boolean(),
  markSeenAfterSeconds: z.number().min(-1).max(60),
  preferPlainText: z.boolean(),
  /** Letters of plain text: `auto` gives those of one width to text that was set in columns. */
  textWidth: z.enum(['auto', 'fixed', 'proportional']),
  /** Bodies larger than this are fetched when opened, not in the background. */
  backgroundBodyLimitBytes: z.number().int().min(0).max(1_000_000_000),
  defaultWindow: z.object({
    kind: z.enum(['all', 'months', 'headers']),
    months: z.number().int().min(1).max(240),
  }),
  offline: z.boolean(),
  undoSendSeconds: z.number().int().min(0).max(120),
  composeFormat: z.enum(['plain', 'html']),
  /** Whether domains of recipients and servers are looked up (MX, DNSSEC, TLSA, MTA-STS). */
  lookups: z.boolean(),
  /** Whether those to whom mail was written are shown as a book, and suggested with all whom mail knows. */
  collectAddresses: z.boolean(),
  /** How the calendar was looked at last. */
  calendarView: z.object({
    view: z.enum(['day', 'workWeek', 'week', 'month', 'year', 'agenda']),
    /** Of an hour, in CSS pixels. */
    hourPx: z.number().min(16).max(240),
    /** A name of the tz database, shown beside the hours. */
    secondZone: z.string().max(100).nullable(),
    /** Calendars side by side where one day is shown. */
    isBeside: z.boolean().optional(),
  }),
  /** Of a working day, whole hours: `until` is the first that no longer belongs to it. */
  workHours: z
    .object({ from: z.number().int().min(0).max(23), until: z.number().int().min(1).max(24) })
    .refine(({ from, until }) => from < until),
  /** Whether birthdays and anniversaries of contacts are shown as a calendar. */
  birthdayCalendar: z.boolean(),
  /** What the desktop is told of reminders and of chat: nothing, that there are some, or what they say; a locked screen shows it to others. */
  alarmNotices: z.enum(alarmNoticeChoices),
  /** When the desktop is told nothing at all; null: never. */
  quietHours: quietHours.nullable(),
  /** In chat Enter sends and Shift+Enter makes a line; otherwise Ctrl+Enter sends. */
  chatEnterSends: z.boolean(),
  /** Where meetings can take place; the first one is the usual. */
  meetingPlaces: z.array(meetingPlace).max(meetingPlaceLimit),
  /** Messages that a server withholds and that need not be told of again, as `message-withheld` names them in `which`. */
  withheldHidden: z.array(z.string().max(100)).max(2000),
})
export type Settings = z.infer<typeof settings>
/** Some settings to change; what is absent or undefined stays as it is. */
export type SettingsChange = { [K in keyof Settings]?: Settings[K] | undefined }

export const defaultSettings: Settings = {
  lockAfterIdleMinutes: 15,
  lockOnLeaving: true,
  markSeenAfterSeconds: 1,
  preferPlainText: false,
  textWidth: 'auto',
  backgroundBodyLimitBytes: 5_000_000,
  defaultWindow: { kind: 'all', months: 12 },
  offline: false,
  undoSendSeconds: 5,
  composeFormat: 'plain',
  lookups: true,
  collectAddresses: true,
  calendarView: { view: 'month', hourPx: 48, secondZone: null },
  workHours: { from: 8, until: 18 },
  birthdayCalendar: true,
  alarmNotices: 'plain',
  quietHours: null,
  chatEnterSends: true,
  meetingPlaces: [],
  withheldHidden: [],
}

export const doctorFinding = z.object({
  check: z.string().max(60),
  outcome: z.enum(['ok', 'warning', 'failed']),
  detail: z.string().max(2000),
})
export type DoctorFinding = z.infer<typeof doctorFinding>
