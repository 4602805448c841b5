import type { SharedFeature } from '../../kit/shared-feature'
import { chatCommands } from './commands'
import { chatStale } from './stale'

export const chat = {
  changes: {
    /** Ids are of conversations. `state`: anything of the conversation but its messages, who writes, devices and the room. `files`: more of a file is done. */
    chat: ['messages', 'state', 'typing', 'devices', 'room', 'files'],
    /** Ids are of accounts. Connection, settings, list of the blocked. */
    'chat-account': ['state'],
  },
  errors: {
    /** The conversation with `name` is encrypted, and nothing can leave before a person decides. `reason`: see `ChatHold`. */
    'chat-needs-decision': ['reason', 'name'],
    /** The message was handed to the server. */
    'chat-too-late': [],
    /** Only what oneself wrote can be corrected, and only a text. */
    'chat-not-own': [],
    /** The account has no chat, or it is switched off. */
    'chat-no-service': [],
    /** It needs the server, and the account is not connected. */
    'chat-not-connected': [],
    /** The server or the room said no. `reason`: the condition of RFC 6120 §8.3.3. */
    'chat-refused': ['reason', 'detail?'],
    /** It is not an address that chat can use. */
    'chat-bad-address': ['name'],
    /** No device of `name` has this fingerprint. */
    'chat-no-device': ['name', 'fingerprint'],
    /** Not a member of the room. */
    'chat-not-in-room': [],
    /** The server offers no place for files. */
    'chat-no-upload': [],
    /** What came is not the file that was sent: its tag did not fit. */
    'chat-file-changed': [],
    /** The address of a file leads where nothing is fetched from. `reason`: scheme, private, redirect. */
    'chat-file-place': ['reason'],
  },
  commands: chatCommands,
  things: { conversation: true, 'chat message': true, room: true },
  stale: chatStale,
} as const satisfies SharedFeature
