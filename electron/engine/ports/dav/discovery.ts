/** What is found out about a DAV server, in two steps: without anybody's name, and then with it. */

type DavSource = 'pasted' | 'preset' | 'srv' | 'well-known'

/** A place where DAV is spoken, and how it was found: shown before a password goes there. */
export type DavPlace = Readonly<{
  /** `https://` always. */
  url: string
  source: DavSource
  /** What said so: an SRV name or an address. */
  evidence: string
}>

/** What was tried, in the order it was. */
export type DavStep = Readonly<{
  target: string
  outcome: 'found' | 'nothing' | 'failed'
  /** For people who look closer: an address, a status, a code. */
  detail: string
}>

/** A calendar or an address book on a server. */
export type DavCollection = Readonly<{
  url: string
  kind: 'calendar' | 'contacts'
  name: string
  /** `#RRGGBB`, in small letters. */
  colour: string | null
  /** The owner's principal where that is not the one who signed in. */
  owner: string | null
  isReadOnly: boolean
  /** VEVENT, VTODO, VJOURNAL; null where the server does not say, which means all. */
  components: readonly string[] | null
  /** Whether the server sends invitations itself (`calendar-auto-schedule`, RFC 6638 §2). */
  schedules: boolean
}>

export type DavPlaces = Readonly<{ places: readonly DavPlace[]; steps: readonly DavStep[] }>

export type DavAccountReport = Readonly<{
  principal: string | null
  /** The addresses that calendars know the person by, `mailto:` left out. */
  addresses: readonly string[]
  collections: readonly DavCollection[]
  steps: readonly DavStep[]
}>
