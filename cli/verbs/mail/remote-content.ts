import { withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'

export const remoteContentVerbs: readonly Verb[] = [
  {
    name: 'remote-content list',
    usage: 'remote-content list',
    about: 'List the senders whose external images are always loaded',
    options: {},
    positionals: [0, 0],
    async run(options, output) {
      await withSession(options, async session => {
        const senders = (await session.call('remoteContent.list', {})).map(({ address, allowedAtMs }) => ({
          address,
          allowedAt: new Date(allowedAtMs).toISOString(),
        }))
        output.result(senders, () =>
          senders.map(({ address, allowedAt }) => `${address}  since ${allowedAt}`),
        )
      })
    },
  },
  {
    name: 'remote-content forget',
    usage: 'remote-content forget ADDRESS',
    about: 'Take a sender off that list',
    options: {},
    positionals: [1, 1],
    async run(options, output) {
      const address = options.positionals[0] ?? ''
      await withSession(options, async session => {
        await session.call('remoteContent.forget', { address })
        output.result({ forgotten: address }, () => [`Images from ${address} are blocked again.`])
      })
    },
  },
]
