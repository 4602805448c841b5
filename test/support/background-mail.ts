import { afterEach } from 'vitest'
import { type EngineWithServers, openEngineWithServers } from './engine-with-servers'
import { testMessage } from './sync-profile'
import { until } from './until'

/** Engines that work in the background between scripted servers, closed after each test, and what tests of them ask again and again. */
export function backgroundMail() {
  const open: EngineWithServers[] = []
  afterEach(async () => {
    for (const each of open.splice(0)) await each.close()
  })
  const status = async (here: EngineWithServers) => (await here.call('sync.status', {}))[0]
  const reaches = (here: EngineWithServers, state: string) =>
    until(async () => (await status(here))?.state === state, state)
  return {
    async start(options: Parameters<typeof openEngineWithServers>[0] = {}) {
      const made = await openEngineWithServers({ background: true, ...options })
      open.push(made)
      return made
    },
    status,
    reaches,
    isSeenThere: (here: EngineWithServers) => async () =>
      here.imap.account.get('INBOX').messages.some(each => each.flags.has('\\Seen')),
    mark: async (here: EngineWithServers) =>
      here.call('messages.setFlags', {
        ids: [await here.only('INBOX', 'message 1')],
        add: ['seen'],
        remove: [],
      }),
    async withMail(here: EngineWithServers) {
      here.imap.account.get('INBOX').add(testMessage(1))
      await here.call('sync.now', { accountId: null })
      await until(async () => (await here.call('mailboxes.list', {})).some(each => each.total === 1), 'mail')
      await reaches(here, 'watching')
    },
  }
}
