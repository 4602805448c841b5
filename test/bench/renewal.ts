// node … renewal.ts make DIRECTORY COUNT   Makes a store of so many whole messages as it was before letters were folded.
// node … renewal.ts run DIRECTORY          Renews its search index in the real engine as a window does, and prints what it took.
// node … renewal.ts kill DIRECTORY KILLS   As `run`, ended with SIGKILL so many times on the way; what is found is looked at between.
// node … renewal.ts compare ONE OTHER       Asks both stores the same and tells where their answers differ.
import { spawn } from 'node:child_process'
import { rareWord } from '../fixtures/mail-generator'
import { openTestEngine, type TestEngine } from '../support/engine-in-test'
import { oldMailbox } from './old-mailbox'

const say = (words: string): void => void process.stdout.write(`${words}\n`)
const [job, directory = '', number = '0'] = process.argv.slice(2)

const search = (engine: TestEngine, text: string) =>
  engine.call('search.query', { text, mailboxId: null, limit: 50 })

/** What each of some messages has of its own is found, whichever index it is in. */
async function missing(engine: TestEngine, count: number, step: number): Promise<string[]> {
  const left: string[] = []
  for (let at = 0; at < count; at += step)
    if ((await search(engine, `${rareWord(at)} `)).total < 1) left.push(rareWord(at))
  return left
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

async function run(): Promise<void> {
  const opening = performance.now()
  const engine = await openTestEngine(directory, { background: true })
  say(`opened in ${Math.round(performance.now() - opening)} ms`)
  const cpuAtStart = process.cpuUsage()
  const started = performance.now()
  let last = performance.now()
  let lastCpu = process.threadCpuUsage()
  const blocked: { wall: number; work: number }[] = []
  let mostMemory = 0
  const probe = setInterval(() => {
    const now = performance.now()
    const cpu = process.threadCpuUsage()
    blocked.push({
      wall: now - last - 5,
      work: (cpu.user + cpu.system - lastCpu.user - lastCpu.system) / 1000,
    })
    last = now
    lastCpu = cpu
  }, 5)
  const calls: Record<string, number[]> = { index: [], search: [], read: [] }
  const timed = async <T>(kind: string, work: () => Promise<T>): Promise<T> => {
    const from = performance.now()
    const value = await work()
    calls[kind]?.push(performance.now() - from)
    return value
  }
  let turn = 0
  for (;;) {
    mostMemory = Math.max(mostMemory, process.memoryUsage().rss)
    const { ids } = await timed('index', () =>
      engine.call('messages.index', {
        mailboxId: null,
        role: 'inbox',
        unreadOnly: false,
        flaggedOnly: false,
      }),
    )
    const found = await timed('search', () => search(engine, `${rareWord(turn % ids.length)} `))
    if (found.total < 1) say(`not found: ${rareWord(turn % ids.length)}`)
    const [messageId] = found.ids
    if (messageId !== undefined) await timed('read', () => engine.call('messages.get', { messageId }))
    turn += 977
    if (turn % (977 * 60) === 0) say(`${JSON.stringify(found.renewing)} ${Math.round(mostMemory / 1e6)} MB`)
    if (found.renewing === null) break
    await new Promise(resolve => setTimeout(resolve, 250))
  }
  const cpu = process.cpuUsage(cpuAtStart)
  say(
    `messages renewed in ${Math.round((performance.now() - started) / 1000)} s, ${Math.round((cpu.user + cpu.system) / 1e6)} s of processor time`,
  )
  // And the old index taken away.
  while ((await engine.call('search.renew', {})) !== null);
  clearInterval(probe)
  const all = process.cpuUsage(cpuAtStart)
  say(
    `all in ${Math.round((performance.now() - started) / 1000)} s, ${Math.round((all.user + all.system) / 1e6)} s of processor time`,
  )
  const byWork = blocked.map(each => each.work).sort((a, b) => a - b)
  const byWall = blocked.map(each => each.wall).sort((a, b) => a - b)
  say(`memory at most ${Math.round(mostMemory / 1e6)} MB`)
  for (const [name, values] of [
    ['worked', byWork],
    ['late', byWall],
  ] as const)
    say(
      `stretches ${name}: p50 ${quantile(values, 0.5).toFixed(1)}, p99 ${quantile(values, 0.99).toFixed(1)}, longest ${quantile(values, 1).toFixed(0)} ms, over 100 ms: ${values.filter(ms => ms > 100).length} of ${values.length}`,
    )
  for (const [kind, times] of Object.entries(calls)) {
    const sorted = times.sort((a, b) => a - b)
    say(
      `${kind}: ${times.length} calls, p50 ${quantile(sorted, 0.5).toFixed(0)}, p95 ${quantile(sorted, 0.95).toFixed(0)}, longest ${quantile(sorted, 1).toFixed(0)} ms`,
    )
  }
  await engine.close()
}

/** Ends the renewal after some seconds, as often as is asked. */
async function kill(kills: number): Promise<void> {
  for (let at = 0; at <= kills; at += 1) {
    const isLast = at === kills
    const child = spawn(process.execPath, [...process.execArgv, import.meta.filename, 'renew', directory], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const ended = new Promise<void>(resolve => child.once('close', () => resolve()))
    // A call renews some 300 messages: ten kills are spread over 100,000.
    let steps = 0
    child.stdout.on('data', (chunk: Buffer) => {
      steps += chunk.toString().split('\n').length - 1
      if (!isLast && steps >= 18 + 2 * at) child.kill('SIGKILL')
    })
    await ended
    const engine = await openTestEngine(directory)
    const { total, renewing } = await search(engine, 'is:unread')
    const left = await missing(engine, total, 397)
    say(
      `kill ${at}${child.signalCode === null ? ' (none: it came to its end)' : ''}: ${total} messages, renewed ${renewing?.done ?? total}, not found: ${left.length} ${left.slice(0, 3).join(' ')}`,
    )
    await engine.close()
  }
}

/** Words, pieces, phrases, people and dates, in both stores; each must find the same messages in the same order. */
async function compare(one: string, other: string): Promise<void> {
  const engines = [await openTestEngine(one), await openTestEngine(other)]
  const questions = [
    'is:unread',
    'has:attachment',
    'from:a',
    'to:b',
    'the',
    'und ',
    '"in the"',
    '*ung ',
    'ge*t ',
    '*man* ',
  ]
  for (let at = 0; at < 100_000; at += 499)
    questions.push(`${rareWord(at)} `, `subject:${rareWord(at).slice(0, 4)}`)
  let found = 0
  const differ: string[] = []
  for (const text of questions) {
    const answers: string[] = []
    for (const engine of engines) {
      const { ids, total } = await engine.call('search.query', { text, mailboxId: null, limit: 200 })
      found += total
      answers.push(`${total} ${ids.join()}`)
    }
    if (answers[0] !== answers[1]) differ.push(text)
  }
  say(
    `${questions.length} questions, ${found / 2} answers, different: ${differ.length} ${differ.slice(0, 5).join(' | ')}`,
  )
  for (const engine of engines) await engine.close()
}

if (job === 'make') oldMailbox(directory, Number(number), say)
else if (job === 'run') await run()
else if (job === 'kill') await kill(Number(number))
else if (job === 'compare') await compare(directory, number)
else if (job === 'renew') {
  const engine = await openTestEngine(directory)
  while ((await engine.call('search.renew', {})) !== null) say('stored')
  await engine.close()
} else throw new Error(`unknown job ${job}`)
