import { describe, expect, test } from 'vitest'
import { isHidden, withheldIn } from '../../../shared/features/mail/withheld'
import { testMessage } from '../../support/sync-profile'
import { until } from '../../support/until'
import { serverAndProfile } from '../support/server-and-profile'
import { type Before, type End, isBody, isHeader, names, withholding } from '../support/withholding'

const startBoth = serverAndProfile()

const start = (count: number) =>
  startBoth({}, server => {
    for (let at = 1; at <= count; at++) server.account.get('INBOX').add(testMessage(at))
  })

const ends: readonly End[] = ['NO', 'NO [SERVERBUG]', 'NO [UNAVAILABLE]', 'BAD', 'BYE', 'cut']
const befores: readonly Before[] = ['nothing', 'those before', 'all others']

describe.each(ends)('a message that is answered with %s', end => {
  test.each(befores)('costs itself and no other when %s came: header and body', async before => {
    const { server, profile } = await start(60)
    const [head, body] = [[17], [33]]
    server.override('UID FETCH', async context => {
      const { line } = context.command
      return (
        isHeader(line) ? withholding(head, isHeader, end, before) : withholding(body, isBody, end, before)
      )(context)
    })
    const run = await profile.sync.runOnce(profile.accountId, null)
    expect(profile.messages('INBOX')).toHaveLength(59)
    expect(profile.messages('INBOX').filter(each => each.bodyState === 'whole')).toHaveLength(58)
    expect(run.problems.map(({ problem }) => [problem.code, problem.params['count']])).toEqual([
      ['message-withheld', 2],
    ])
    expect(run.problems[0]?.problem.params['messages']).toContain('message 33')
    expect(run.problems[0]?.problem.params['messages']).toContain('UID 17')
  })
})

test('several bad ones among many, first, last and side by side', async () => {
  const { server, profile } = await start(400)
  const bad = [1, 100, 101, 102, 250, 400]
  server.override('UID FETCH', withholding(bad, isBody, 'NO', 'nothing'))
  await profile.sync.runOnce(profile.accountId, null)
  const missing = profile.messages('INBOX').filter(each => each.bodyState !== 'whole')
  expect(missing.map(each => each.subject).sort()).toEqual(bad.map(at => `message ${at}`).sort())
  // Halving finds each in a handful of commands, not one a message.
  expect(server.sent('UID FETCH').filter(isBody).length).toBeLessThan(120)
})

test('the mailboxes behind get their mail', async () => {
  const { server, profile } = await start(10)
  server.account.get('Archive').add(testMessage('archived'))
  server.override('UID FETCH', withholding([4], isHeader, 'BYE', 'nothing'))
  await profile.sync.runOnce(profile.accountId, null)
  expect(profile.subjects('Archive')).toEqual(['message archived'])
})

test('it rests, is named all the while, and comes as soon as the server gives it to one who asks again', async () => {
  const { server, profile } = await start(20)
  const mend = server.override(
    'UID FETCH',
    withholding([5], () => true, 'NO', 'nothing'),
  )
  await profile.sync.runOnce(profile.accountId, null)
  const asked = server.sent('UID FETCH').length
  const again = await profile.sync.runOnce(profile.accountId, null)
  expect(again.problems).toMatchObject([{ problem: { code: 'message-withheld' } }])
  expect(
    server
      .sent('UID FETCH')
      .slice(asked)
      .filter(line => names(line, 5)),
  ).toEqual([])
  mend()
  // A restart knows nothing of it and asks.
  await profile.reopen()
  expect(await profile.pass()).toMatchObject({ new: 1 })
  expect(profile.messages('INBOX')).toHaveLength(20)
})

test('a message removed on the server meanwhile is not named any more', async () => {
  const { server, profile } = await start(20)
  server.override('UID FETCH', withholding([5], isHeader, 'NO', 'nothing'))
  await profile.sync.runOnce(profile.accountId, null)
  server.account.get('INBOX').expunge(5)
  server.account.get('INBOX').add(testMessage('new'))
  expect(await profile.pass()).toMatchObject({ new: 1 })
})

test('a server that refuses every message is not asked for each of them', async () => {
  const { server, profile } = await start(300)
  server.override('UID FETCH', ({ command, honest }) => (isBody(command.line) ? 'NO not today' : honest()))
  const run = await profile.sync.runOnce(profile.accountId, null)
  expect(run.problems.length).toBeGreaterThan(0)
  expect(server.sent('UID FETCH').filter(isBody).length).toBeLessThan(100)
})

test('a server that is asked too much is left alone at once', async () => {
  const { server, profile } = await start(50)
  server.override('UID FETCH', ({ command, honest }) =>
    isBody(command.line) ? 'NO [LIMIT] FETCH rate limit hit' : honest(),
  )
  const run = await profile.sync.runOnce(profile.accountId, null)
  expect(run.problems).toMatchObject([{ problem: { code: 'server-unavailable' } }])
  expect(server.sent('UID FETCH').filter(isBody)).toHaveLength(1)
})

test('the text of a large message that is refused does not stop the texts of others', async () => {
  const { server, profile } = await start(0)
  for (let at = 1; at <= 4; at++) server.account.get('INBOX').add(testMessage(at, 'x'.repeat(3_000)))
  profile.store.settings.set({ backgroundBodyLimitBytes: 1_000 })
  server.override('UID FETCH', ({ command, honest }) =>
    names(command.line, 2) && command.line.includes('BODYSTRUCTURE') ? 'NO broken' : honest(),
  )
  const run = await profile.sync.runOnce(profile.accountId, null)
  expect(profile.messages('INBOX').filter(each => each.bodyState === 'text')).toHaveLength(3)
  expect(run.problems).toMatchObject([
    { problem: { code: 'message-withheld', params: { messages: '“message 2”' } } },
  ])
})

test('in the background the account goes on to watch, and says what is withheld', async () => {
  const { server, profile } = await start(30)
  server.override('UID FETCH', withholding([9], isBody, 'BYE', 'those before'))
  profile.sync.start(profile.accountId)
  await until(() => profile.board.all()[0]?.state === 'watching', 'watching', 20_000)
  expect(profile.board.all()[0]?.problem?.code).toBe('message-withheld')
  expect(profile.messages('INBOX').filter(each => each.bodyState === 'whole')).toHaveLength(29)
})

test.each([
  ['header', 'NO'],
  ['body', 'NO'],
  ['header', 'BYE'],
  ['body', 'BYE'],
  ['body', 'cut'],
] as const)("by the person's word the %s that rests after %s is asked for at once", async (part, end) => {
  const { server, profile } = await start(30)
  const isPart = part === 'header' ? isHeader : isBody
  const bad = [9, 14]
  const mend = server.override('UID FETCH', withholding(bad, isPart, end, 'nothing'))
  profile.sync.start(profile.accountId)
  const asked = () => server.sent('UID FETCH').filter(line => isPart(line) && names(line, 9)).length
  const isResting = () => profile.board.all()[0]?.state === 'watching'
  const isTold = () => isResting() && profile.board.all()[0]?.problem?.code === 'message-withheld'
  await until(isTold, 'told', 20_000)
  // Still broken: asked once more, each alone, and it rests again.
  const before = asked()
  profile.sync.syncNow(profile.accountId)
  await until(() => asked() > before && isTold(), 'asked and told again', 20_000)
  expect(asked()).toBe(before + 1)
  // Mended on the server: it comes, and nothing is told any more.
  mend()
  profile.sync.syncNow(profile.accountId)
  await until(() => isResting() && profile.board.all()[0]?.problem === null, 'nothing withheld', 20_000)
  expect(profile.messages('INBOX').filter(each => each.bodyState === 'whole')).toHaveLength(30)
})

test('what was hidden is told again only with another message, and stands behind what was not', async () => {
  const { server, profile } = await start(20)
  server.account.add('Work').add(testMessage('work'))
  server.override('UID FETCH', withholding([5], isBody, 'NO', 'nothing'))
  const told = async () =>
    (await profile.sync.runOnce(profile.accountId, null)).problems.map(({ problem }) => problem)
  const [first] = await told()
  const hidden = withheldIn(first!)
  expect(hidden).toHaveLength(1)
  profile.store.settings.set({ withheldHidden: [...hidden] })
  const [still] = await told()
  expect(isHidden(still!, hidden)).toBe(true)
  // A second one of the same mailbox.
  server.account.get('INBOX').add(testMessage(21))
  server.override('UID FETCH', withholding([5, 21], isBody, 'NO', 'nothing'))
  const [again] = await told()
  expect(withheldIn(again!)).toHaveLength(2)
  expect(isHidden(again!, hidden)).toBe(false)
  // One of another mailbox, before one that was hidden.
  profile.store.settings.set({ withheldHidden: [...withheldIn(again!)] })
  server.account.get('Work').add(testMessage('work 2'))
  server.override('UID FETCH', withholding([2, 5, 21], isBody, 'NO', 'nothing'))
  const both = await told()
  expect(both.map(({ params }) => params['mailbox'])).toEqual(['Work', 'INBOX'])
})
