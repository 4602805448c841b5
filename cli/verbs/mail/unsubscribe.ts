import { oneId } from '../../kit/folders'
import { withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'

export const unsubscribeVerbs: readonly Verb[] = [
  {
    name: 'unsubscribe',
    usage: 'unsubscribe ID [--dry-run]',
    about:
      'Leave the mailing list of a message by one click (RFC 8058); --dry-run only says how it can be left',
    options: { 'dry-run': { type: 'boolean' } },
    positionals: [1, 1],
    async run(options, output) {
      const messageId = oneId(options.positionals)
      await withSession(options, async session => {
        const choice = await session.call('lists.unsubscribeChoice', { messageId })
        if (options.flag('dry-run') || choice?.kind === 'mail') {
          output.result({ choice }, () => [
            choice === null
              ? 'This message offers no trustworthy way to unsubscribe.'
              : choice.kind === 'mail'
                ? `The list takes leave by mail: ${choice.mailto}`
                : `One POST to ${choice.host} (${choice.way})`,
          ])
          return
        }
        const { host } = await session.call('lists.unsubscribe', { messageId })
        output.result({ host }, () => [`${host} has been told.`])
      })
    },
  },
]
