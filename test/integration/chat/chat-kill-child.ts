import { openTestEngine } from '../../support/engine-in-test'
import { until } from '../../support/until'

/*
 * One run of a Siegel that writes numbered messages to bob until there are `count` of them, and goes on where a killed one stopped. Each step is a line
 * on the output, so that it can be killed at any of them.
 */
const [directory = '', count = '0'] = process.argv.slice(2)
const engine = await openTestEngine(directory, { background: true })
const [account] = await engine.call('accounts.list', {})
if (account === undefined) throw new Error('no account')
const { conversationId } = await engine.call('chat.open', { accountId: account.id, address: 'bob@rig.test' })
const own = async () => {
  const page = await engine.call('chat.messages', { conversationId, anchor: { at: 'end' }, limit: 500 })
  return page.rows.flatMap(row => (row.kind === 'message' && row.author.isOwn ? [row] : []))
}
console.log('open')
const written = await own()
for (let index = written.length; index < Number(count); index += 1) {
  const text = `message ${index}`
  await engine.call('chat.send', { conversationId, text, replyTo: null, inClear: false })
  console.log(text)
}
let left = -1
await until(async () => {
  const now = (await own()).filter(({ state }) => state === 'queued').length
  if (now !== left) console.log(`waiting ${now}`)
  left = now
  return left === 0
}, 'everything written is sent')
await engine.close()
