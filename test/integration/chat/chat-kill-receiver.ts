import { openTestEngine } from '../../support/engine-in-test'
import { until } from '../../support/until'

/*
 * One run of a Siegel that takes in what alice writes until it has `count` of her messages, and goes on where a killed one stopped. Each one is a line on the
 * output, so that it can be killed at any of them.
 */
const [directory = '', count = '0'] = process.argv.slice(2)
const engine = await openTestEngine(directory, { background: true })
console.log('open')
let told = 0
await until(async () => {
  const { conversations } = await engine.call('chat.conversations', { which: 'conversations' })
  const from = conversations.find(({ address }) => address === 'alice@rig.test')
  if (from === undefined) return false
  const page = await engine.call('chat.messages', {
    ...{ conversationId: from.id, anchor: { at: 'end' }, limit: 500 },
  })
  const now = page.rows.filter(row => row.kind === 'message' && row.text.startsWith('to be killed')).length
  if (now !== told) console.log(`has ${now}`)
  told = now
  return now >= Number(count)
}, 'everything is here')
await engine.close()
