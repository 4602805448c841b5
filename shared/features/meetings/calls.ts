import { z } from 'zod'
import { type Calls, done } from '../../ipc/call'
import { accountId } from '../../kit/ids'
import { serviceKind } from '../accounts/model'

/** A link, and for whom it is opened: `accountId` and `service` say whose way it goes. Null: nobody's, so the strictest of all. */
const meetingAsked = z.strictObject({
  url: z.string().max(2000),
  accountId: accountId.nullable(),
  service: serviceKind.nullable(),
})

/** Meetings behind links. */
export const meetingCalls = {
  /** Main asks in its own window where the link is to open, with what it leads to; over Tor it says why it does not. */
  'meetings.open': {
    kind: 'command',
    host: 'main',
    face: 'all',
    in: meetingAsked,
    out: z.object({ opened: z.enum(['window', 'browser', 'no']) }),
  },
  /** What would be contacted for a link, and by which way; contacts nobody. Fails with `meeting-bad-address`. */
  'meetings.look': {
    kind: 'query',
    host: 'engine',
    face: 'trusted',
    in: meetingAsked,
    out: z.object({
      /** As it is opened. */
      url: z.string(),
      /** With the port, where it is not 443. */
      host: z.string(),
      /** Further hosts that the person named for this place. */
      hosts: z.array(z.string()),
      /** Whether the person set the place up. */
      isOwn: z.boolean(),
      way: z.enum(['direct', 'tor', 'socks5', 'refused']),
      isOffline: z.boolean(),
    }),
  },
  /**
   * Opens a door on this machine to the hosts of one meeting and nothing else, for a browser that knows `user` and `password` (HTTP CONNECT).
   * Fails with `meeting-bad-address`, `meeting-hidden`, `offline`, `conflict`.
   */
  'meetings.begin': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: meetingAsked,
    out: z.object({
      id: z.number().int(),
      url: z.string(),
      host: z.string(),
      hosts: z.array(z.string()),
      port: z.number().int(),
      user: z.string(),
      password: z.string(),
    }),
  },
  /** Closes that door, and what is open through it. */
  'meetings.end': {
    kind: 'command',
    host: 'engine',
    face: 'trusted',
    in: z.strictObject({ id: z.number().int() }),
    out: done,
  },
} as const satisfies Calls
