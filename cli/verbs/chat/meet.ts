import { randomBytes } from 'node:crypto'
import { meetingLink, meetingRoomBytes, placeNamed } from '../../../shared/features/chat/meetings'
import { UsageError } from '../../kit/exit'
import type { Verb } from '../../kit/verb'

/** Meetings by a link. */
export const meet: readonly Verb[] = [
  {
    name: 'meet new',
    usage: 'meet new [--provider P] [--title T]',
    about:
      'Make the link of a new meeting that nobody guesses; nothing is asked of anybody. P: the host of a Jitsi, or an https address with {room} in it',
    options: { provider: { type: 'string' }, title: { type: 'string' } },
    positionals: [0, 0],
    async run(options, output) {
      const [provider, title] = [options.text('provider'), options.text('title')]
      const url = meetingLink(placeNamed(provider), randomBytes(meetingRoomBytes), title)
      if (url === null) throw new UsageError('--provider takes a host, or an https address with {room} in it')
      output.result({ url, provider: new URL(url).hostname, title: title ?? '' }, () => [url])
    },
  },
]
