import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { addRigAccountByPage, plainMessage } from '../support/accounts'
import { action, bodyDocument, collectComplaints, open, reader, row } from '../support/drive'
import { type Launched, launch } from '../support/launch'
import { pageCalls } from '../support/page-calls'
import { type WatchedCall, watchCalls } from '../support/watch-calls'

const alice = 'alice@rig.test'

/** A letter in HTML of a mailing list, as most mail is; `inReplyTo` makes a conversation. */
const htmlMessage = (subject: string, minute: number, inReplyTo: string | null = null): string =>
  plainMessage({
    subject,
    minute,
    text: `<h1>${subject}</h1><p>Words <a href="https://example.org/">and a link</a>. <img src="https://example.org/p.png"></p>`,
  })
    .replace('text/plain', 'text/html')
    .replace(
      'MIME-Version',
      `List-Unsubscribe: <mailto:leave@rig.test?subject=leave>\r\n${inReplyTo === null ? '' : `In-Reply-To: <${inReplyTo}@rig.test>\r\nReferences: <${inReplyTo}@rig.test>\r\n`}MIME-Version`,
    )

let servers: MailServers
let siegel: Launched
let complaints: readonly string[]
let watched: Awaited<ReturnType<typeof watchCalls>>
beforeAll(async () => {
  servers = await startMailServers()
  for (const mailbox of ['Archive', 'Trash', 'Junk']) servers.maildir(alice, mailbox)
  for (const [at, subject] of ['Amsel', 'Buntspecht', 'Dohle', 'Elster'].entries())
    await servers.deliver(alice, plainMessage({ subject, minute: at }))
  await servers.deliver(alice, htmlMessage('Fink', 4))
  await servers.deliver(alice, htmlMessage('Goldammer', 5))
  await servers.deliver(alice, htmlMessage('Habicht', 6, 'goldammer'))
  siegel = await launch()
  complaints = collectComplaints(siegel.page)
  const call = pageCalls(siegel.page)
  await call('app.createProfile', { custody: 'keychain', passphrase: null })
  await addRigAccountByPage(siegel.page, servers, 'alice')
  await row(siegel.page, 'Habicht').waitFor()
  watched = await watchCalls(siegel.page)
})
afterAll(async () => {
  await siegel?.stop()
  await servers?.stop()
})

const tally = (calls: readonly WatchedCall[]) => {
  const counts: Record<string, number> = {}
  for (const { name } of calls) counts[name] = (counts[name] ?? 0) + 1
  return counts
}

test('measure', async () => {
  const { page } = siegel
  const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
  await sleep(3000)
  await open(page, 'Amsel')
  await sleep(3000)
  await watched.take()
  watched.takeDocuments()
  await open(page, 'Fink')
  await bodyDocument(page).getByText('Words').waitFor()
  await sleep(4000)
  console.log('OPEN', JSON.stringify(tally(await watched.take())), watched.takeDocuments())
  await open(page, 'Habicht')
  await bodyDocument(page).getByText('Words').waitFor()
  await sleep(4000)
  console.log('OPEN in conversation', JSON.stringify(tally(await watched.take())), watched.takeDocuments())
  await action(page, 'Star').click()
  await sleep(4000)
  console.log('STAR', JSON.stringify(tally(await watched.take())), watched.takeDocuments())
  await open(page, 'Fink')
  await sleep(3000)
  const id = (await watched.take()).length
  const frames = page.evaluate(
    () =>
      new Promise<[number, number]>(resolve => {
        document.addEventListener(
          'click',
          () => {
            let count = 0
            const start = performance.now()
            const look = () => {
              if (
                ![...document.querySelectorAll('#pane-list [role=option]')].some(each =>
                  each.textContent?.includes('Fink'),
                )
              )
                resolve([count, performance.now() - start])
              else {
                count += 1
                requestAnimationFrame(look)
              }
            }
            requestAnimationFrame(look)
          },
          { once: true, capture: true },
        )
      }),
  )
  await sleep(300)
  await action(page, 'Archive').click()
  console.log('FRAMES', JSON.stringify(await frames))
  await sleep(4000)
  const calls = await watched.take()
  console.log('ARCHIVE', JSON.stringify(tally(calls)), JSON.stringify(calls))
  expect(complaints).toEqual([])
}, 60000)
