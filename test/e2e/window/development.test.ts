// `npm run dev` on a copy of the tree: what is saved is built and shown.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { childEnvironment } from '../../../build/child.mjs'
import { copyTree } from '../../support/copied-tree'
import { until } from '../../support/until'
import { type DesktopSession, startDesktopSession } from '../support/desktop-session'

let tree: Awaited<ReturnType<typeof copyTree>>
let desktop: DesktopSession
let runner: ChildProcess
let port: number
let output = ''

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** Asks the page by the browser's own door for developers, beside the runner. Undefined while there is no page. */
const inPage = async (expression: string): Promise<unknown> => {
  const listed = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => null)
  const pages = listed ? ((await listed.json()) as { type: string; webSocketDebuggerUrl: string }[]) : []
  const page = pages.find(({ type }) => type === 'page')
  if (!page) return undefined
  const socket = new WebSocket(page.webSocketDebuggerUrl)
  try {
    return await new Promise<unknown>(resolve => {
      socket.addEventListener('close', () => resolve(undefined))
      socket.addEventListener('open', () =>
        socket.send(
          JSON.stringify({
            id: 1,
            method: 'Runtime.evaluate',
            params: { expression, awaitPromise: true, returnByValue: true },
          }),
        ),
      )
      socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
        const answer = JSON.parse(data) as { id?: number; result?: { result?: { value?: unknown } } }
        if (answer.id === 1) resolve(answer.result?.result?.value)
      })
    })
  } finally {
    socket.close()
  }
}

const said = (text: string): Promise<void> =>
  until(() => {
    if (runner.exitCode !== null) throw new Error(`the runner ended:\n${output}`)
    return output.includes(text)
  }, `it says "${text}"`).catch((error: unknown) => {
    throw new Error(output, { cause: error })
  })
const isOpen = async (): Promise<boolean> =>
  (await inPage("siegel.call('app.status', {}).then(answer => answer.ok && answer.value.state)")) === 'open'

beforeAll(async () => {
  tree = await copyTree()
  desktop = await startDesktopSession({ keyring: 'absent', screen: true })
  port = await freePort()
  const script = join(tree.folder, 'build', 'dev.ts')
  runner = spawn(process.execPath, [script, '--', `--remote-debugging-port=${port}`], {
    cwd: tree.folder,
    env: { ...childEnvironment(process.execPath), ...desktop.env },
  })
  for (const stream of [runner.stdout, runner.stderr])
    stream?.on('data', chunk => {
      output += String(chunk)
    })
})
afterAll(async () => {
  if (runner && runner.exitCode === null) {
    const ended = once(runner, 'exit')
    runner.kill('SIGTERM')
    await ended
  }
  await desktop?.stop()
  tree?.remove()
})

test('it starts on a profile for development that is open', async () => {
  await said('watching; the profile is')
  await until(isOpen, 'the profile is open')
})

test('what is saved of the page is shown by loading the page again', async () => {
  const isSeen = () => inPage('document.documentElement.dataset.saved')
  expect(await isSeen()).not.toBe('yes')
  appendFileSync(
    join(tree.folder, 'renderer', 'main.tsx'),
    "\ndocument.documentElement.dataset.saved = 'yes'\n",
  )
  await said('the page was loaded again')
  await until(async () => (await isSeen()) === 'yes', 'the page shows it')
  expect(output).not.toContain('the program was started again')
  expect(await isOpen()).toBe(true)
})

test('what is saved of the engine starts the program again, and the profile is open as before', async () => {
  const words = 'the engine that was saved'
  appendFileSync(
    join(tree.folder, 'electron', 'engine', 'entry.ts'),
    `\nprocess.stderr.write('${words}\\n')\n`,
  )
  await said('the program was started again')
  await said(words)
  await until(isOpen, 'the profile is open again')
})

test('what does not compile is told, and what is saved next is shown', async () => {
  const file = join(tree.folder, 'renderer', 'main.tsx')
  const starts = output.length
  appendFileSync(file, '\nconst broken = (\n')
  await until(() => output.slice(starts).includes('could not be built'), 'the fault is told')
  expect(runner.exitCode).toBe(null)
  appendFileSync(file, '0)\nvoid broken\n')
  await until(() => output.slice(starts).includes('the page was loaded again'), 'the mended page is shown')
  expect(await isOpen()).toBe(true)
})
