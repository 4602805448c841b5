import { SiegelError } from '../../../shared/kit/result'
import { UsageError } from '../../kit/exit'
import { withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'
import { fingerprintOf } from './net-pin'

/** Which certificates are trusted by themselves, and an end to that. */
export const netPinsVerbs: readonly Verb[] = [
  {
    name: 'net pins',
    usage: 'net pins',
    about: 'List the certificates you chose to trust although no certificate authority vouches for them',
    options: {},
    positionals: [0, 0],
    async run(options, output) {
      const pins = await withSession(options, session => session.call('certificates.pins', {}))
      output.result(pins, () =>
        pins.map(({ host, port, fingerprint256 }) => `${host}:${port}  ${fingerprint256}`),
      )
    },
  },
  {
    name: 'net unpin',
    usage: 'net unpin HOST:PORT [--sha256 FINGERPRINT]',
    about:
      'Trust the pinned certificates of a server no longer, or only the one named; from then on it is judged like any other',
    options: { sha256: { type: 'string' } },
    positionals: [1, 1],
    async run(options, output) {
      const place = options.positionals[0] ?? ''
      if (!/^.+:\d{1,5}$/.test(place))
        throw new UsageError(`"${place}" is not HOST:PORT; "net pins" lists them`)
      const only = options.text('sha256')
      const fingerprint = only === undefined ? null : fingerprintOf(only)
      const removed = await withSession(options, async session => {
        const found = (await session.call('certificates.pins', {})).filter(
          ({ host, port, fingerprint256 }) =>
            `${host}:${port}` === place.toLowerCase() && (fingerprint ?? fingerprint256) === fingerprint256,
        )
        if (found.length === 0) throw new SiegelError('not-found', { what: 'pinned certificate' })
        for (const pin of found) await session.call('certificates.unpin', pin)
        return found
      })
      output.result(removed, () =>
        removed.map(
          ({ host, port, fingerprint256 }) => `No longer trusted for ${host}:${port}: ${fingerprint256}`,
        ),
      )
    },
  },
]
