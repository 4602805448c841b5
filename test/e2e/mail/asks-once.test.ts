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

/** Gathers what is called until something in it is found. */
async function callsUntil(isIt: (call: WatchedCall) => boolean): Promise<Record<string, unknown[]>> {
  const calls: WatchedCall[] = []
  await expect.poll(async () => calls.push(...(await watched.take())) > 0 && calls.some(isIt)).toBe(true)
  return Object.groupBy(calls, ({ name }) => name) as Record<string, unknown[]>
}
/**
 * The row that changed was asked for again. Whatever else a record makes old is asked for sooner than rows are, so all that this
 * one caused is there by then.
 */
const rowAgain = ({ name }: WatchedCall): boolean => name === 'messages.summaries'

/** What a flag must not cause. Queue and folders may be asked for: they say how many changes wait, and how many are unread. */
const forbidden = ['messages.index', 'messages.thread', 'lists.unsubscribeChoice', 'messages.forgetRemote']

test('opening one unread HTML mail is one call and one document, and marking it read opens nothing again', async () => {
  const { page } = siegel
  await open(page, 'Amsel')
  await callsUntil(rowAgain)
  for (const [subject, inConversation] of [
    ['Fink', false],
    ['Habicht', true],
  ] as const) {
    watched.takeDocuments()
    await open(page, subject)
    await bodyDocument(page).getByText('Words').waitFor()
    await reader(page).getByRole('button', { name: 'Unsubscribe' }).waitFor()
    const calls = await callsUntil(rowAgain)
    expect(calls['messages.get']).toHaveLength(1)
    expect(calls['messages.setFlags']).toHaveLength(1)
    expect(calls['messages.summaries']).toHaveLength(1)
    expect(JSON.stringify(calls['messages.summaries'])).toMatch(/"ids":\[\d+\]/)
    // The other messages of its conversation are no part of it.
    expect(calls['messages.thread'] ?? []).toHaveLength(inConversation ? 1 : 0)
    for (const name of forbidden.filter(each => each !== 'messages.thread'))
      expect(calls[name]).toBeUndefined()
    expect(watched.takeDocuments()).toBe(1)
  }
})

test('a star asks for one row again: not for the list, the conversation, or the open message', async () => {
  const { page } = siegel
  await watched.take()
  await action(page, 'Star').click()
  const calls = await callsUntil(rowAgain)
  await action(page, 'Remove star').waitFor()
  await row(page, /Habicht.*starred/).waitFor()
  expect(JSON.stringify(calls['messages.summaries'])).toMatch(/"ids":\[\d+\]/)
  for (const name of [...forbidden, 'messages.get']) expect(calls[name]).toBeUndefined()
  expect(watched.takeDocuments()).toBe(0)
})

test('what is archived leaves in the next frame, and is not asked for any more', async () => {
  const { page } = siegel
  await open(page, 'Fink')
  await watched.take()
  const framesWithIt = page.evaluate(
    () =>
      new Promise<number>(resolve => {
        const isThere = () =>
          [...document.querySelectorAll('#pane-list [role=option]')].some(each =>
            each.textContent?.includes('Fink'),
          )
        const look = (count: number): void => {
          if (isThere()) requestAnimationFrame(() => look(count + 1))
          else resolve(count)
        }
        document.addEventListener('click', () => requestAnimationFrame(() => look(0)), {
          once: true,
          capture: true,
        })
      }),
  )
  await action(page, 'Archive').click()
  expect(await framesWithIt).toBeLessThanOrEqual(1)
  // The next one is opened, and marked as read.
  const calls = await callsUntil(rowAgain)
  const [archived] = calls['messages.archive'] as { input: { ids: number[] } }[]
  const asked = [...(calls['messages.get'] ?? []), ...(calls['messages.summaries'] ?? [])]
  expect(JSON.stringify(asked)).not.toMatch(new RegExp(`\\b${archived?.input.ids[0]}\\b`))
  expect(calls['messages.get']).toHaveLength(1)
  await page.getByRole('button', { name: /^Undo/ }).click()
  await row(page, 'Fink').waitFor()
})

test('nothing was refused or went wrong in the page all that time', () => {
  expect(complaints).toEqual([])
})
