import type { DavService } from '../../../../shared/features/accounts/model'
import type { AccountId } from '../../../../shared/kit/ids'
import type { WayForSetUp } from '../net/gate'
import type { ObjectCodec } from './codec'
import type { DavAccountReport, DavPlaces } from './discovery'
import type { PulledObjects, PullReport, ServerCopy } from './objects'
import type { ObjectWrite, WriteOutcome } from './writes'

/** One collection of an account, to be brought into step. Both throw the failures of the way there and of the sign-in. */
export type OpenCollection = {
  /** `uidOf`: null where an object names none. */
  pull(
    store: PulledObjects,
    options: {
      uidOf: (bytes: Uint8Array) => string | null
      isRemovalConfirmed: boolean
      putsBack?: boolean
      /** How many of the objects that were listed so far are here. */
      progress?: (done: number, total: number) => void
      /** What came before it stays. */
      signal?: AbortSignal
    },
  ): Promise<PullReport>
  write(write: ObjectWrite): Promise<WriteOutcome>
  /** One object, null where there is none. Throws `protocol-violation` for what cannot be read. */
  fetch(href: string): Promise<ServerCopy | null>
}

/** What a server says of somebody's free time: a code of RFC 6638 §3.2.9 (2.0 is good), and the VFREEBUSY. */
export type FreeBusyAnswer = Readonly<{ address: string; status: string; bytes: Uint8Array | null }>

/** DAV with the accounts' names and passwords, by their ways. */
export type DavControl = {
  /** The path of an address in one spelling; what leads to another server than `base` stays as it is. */
  spelling(href: string, base: string): string
  /** Where DAV may be spoken; nobody's name is said. `publicOnly`: never into the network around this machine. Throws `bad-address`. */
  find(place: string, way: WayForSetUp, publicOnly: boolean): Promise<DavPlaces>
  /** What somebody has at a server, before it is a service of an account. Throws as `collections`, and `not-permitted`. */
  tryOut(
    asked: Readonly<{ dav: DavService; password: string; way: WayForSetUp; publicOnly: boolean }>,
  ): Promise<DavAccountReport>
  /** What an account has there. Throws `service-off`, `login-refused`, `offline`. */
  collections(accountId: AccountId): Promise<DavAccountReport>
  /** `request`: the question, of the address that the server knows its user by. Throws `unsupported` where it does not schedule. */
  freeBusy(
    accountId: AccountId,
    request: (organizer: string) => Uint8Array,
  ): Promise<readonly FreeBusyAnswer[]>
  /** `url`: as `collections` told it. `codec`: what its objects are on the server. Throws the same before anything is dialled. */
  open(accountId: AccountId, url: string, kind: 'calendar' | 'contacts', codec?: ObjectCodec): OpenCollection
}
