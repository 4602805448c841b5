// Inside the box: pages without any policy, in sessions with and without the walls, try everything there is.
import type { ElectronApplication } from 'playwright-core'
import { type Attempt, attempts, targetsOf } from './attempts'
import { hostileHtml } from './hostile-mail'
import { launchInBox, listenFor, step } from './in-box'

/** Pages that try at once; each is a process. */
const sideBySide = 8

type Try = Readonly<{
  walls: boolean
  html: string
  inPage: string | null
  inMain: string | null
  targets: ReturnType<typeof targetsOf>
}>

/** Opens a page in a session made now, does one thing in it or to it, and closes it again. Answers what went wrong. */
const tryOut = (app: ElectronApplication, one: Try): Promise<string | null> =>
  app.evaluate(async ({ BrowserWindow, session: sessions }, { walls, html, inPage, inMain, targets }) => {
    const wait = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))
    const { port, address, name } = targets
    const session = sessions.fromPartition(`made for ${name} ${walls}`)
    const headers = {
      'content-type': 'text/html',
      // Who answers may also ask to be told of what goes wrong later.
      'reporting-endpoints': `default="http://127.0.0.1:${port}/report"`,
      nel: '{"report_to":"default","max_age":1000,"include_subdomains":true}',
    }
    session.protocol.handle('app', () => new Response(html, { headers }))
    const closing: (() => unknown)[] = []
    let heard: Promise<unknown> = Promise.resolve()
    if (!walls) {
      // The walls of a new session are up a moment after it; what is to be taken away must be there.
      while ((await session.resolveProxy('https://example.org/')) !== 'SOCKS5 127.0.0.1:9') await wait(20)
      await wait(200)
      session.webRequest.onBeforeRequest(null)
      session.removeAllListeners('will-download')
      session.on('will-download', (_event, item) => item.cancel())
      await session.setProxy({ mode: 'direct' })
      // Somebody listens, so that a slow machine is waited for and a fast one is not.
      const server = process.getBuiltinModule('node:net').createServer(socket => socket.destroy())
      const datagrams = process.getBuiltinModule('node:dgram').createSocket('udp4')
      heard = new Promise(resolve => {
        server.once('connection', resolve)
        datagrams.once('message', resolve)
      })
      server.listen(port, '127.0.0.1')
      datagrams.bind(port, '127.0.0.1')
      closing.push(
        () => server.close(),
        () => datagrams.close(),
      )
    }
    const window = new BrowserWindow({ show: false, webPreferences: { session } })
    const contents = window.webContents
    if (!walls) contents.setWebRTCIPHandlingPolicy('default')
    const given = JSON.stringify({
      hosts: [`127.0.0.1:${port}`, `${address}:3478`, `${name}:443`],
      places: [`http://127.0.0.1:${port}`, `https://${address}`, `https://${name}`],
    })
    const start = `const { places, hosts } = ${given}; const wait = ms => new Promise(end => setTimeout(end, ms));`
    const act = async (): Promise<void> => {
      await contents.loadURL('app://attempt/index.html')
      if (inPage !== null) await contents.executeJavaScript(`(async () => { ${start} ${inPage} })()`, true)
      if (inMain === null) return
      await new Function('session', 'contents', `return (async () => { ${start} ${inMain} })()`)(
        session,
        contents,
      )
    }
    try {
      // Some never answer: a page that crashed, a permission nobody is asked for.
      if (walls) await Promise.race([act(), wait(10_000)])
      else await Promise.race([Promise.all([act(), heard]), wait(15_000)])
      await wait(walls ? 500 : 0)
      return null
    } catch (error) {
      return String(error)
    } finally {
      window.destroy()
      for (const close of closing) close()
    }
  }, one)

const emptyPage = '<!doctype html><meta charset="utf-8"><a id="here"></a>'
const tryAll = async (app: ElectronApplication, walls: boolean, which: readonly Attempt[]): Promise<void> => {
  const waiting = [...which]
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { name, inPage = null, inMain = null } = next
      const targets = targetsOf(attempts.indexOf(next))
      const problem = await tryOut(app, { walls, targets, html: emptyPage, inPage, inMain })
      if (problem !== null) process.stdout.write(`# ${name} did not go as meant: ${problem}\n`)
    }
  }
  await Promise.all(Array.from({ length: sideBySide }, worker))
}

const { app, page, quit } = await step('start', launchInBox)
await page.getByRole('heading', { name: 'Welcome to Siegel' }).waitFor()
await step('idle', () => listenFor(3_000))
await step('with walls', () => tryAll(app, true, attempts))
await step('hostile mail', () =>
  tryOut(app, {
    ...{ walls: true, targets: targetsOf(attempts.length), html: hostileHtml() },
    ...{ inPage: 'await wait(1500)', inMain: null },
  }),
)
await step('without walls', () =>
  tryAll(
    app,
    false,
    attempts.filter(({ isHeardWithoutWalls }) => isHeardWithoutWalls),
  ),
)
const facts = await app.evaluate(async ({ app: electron, crashReporter, session }) => {
  const all = [session.defaultSession, session.fromPartition('window'), session.fromPartition('yet another')]
  await new Promise(resolve => setTimeout(resolve, 100))
  const addresses = [
    'https://example.org/',
    'http://127.0.0.1:8080/',
    'http://localhost/',
    'wss://example.org/',
  ]
  const switches = [
    'disable-background-networking',
    'disable-breakpad',
    'disable-component-update',
    'no-pings',
  ]
  return {
    proxies: await Promise.all(all.flatMap(one => addresses.map(address => one.resolveProxy(address)))),
    spelling: all.flatMap(one => [one.isSpellCheckerEnabled(), ...one.getSpellCheckerLanguages()]),
    lastCrash: crashReporter.getLastCrashReport(),
    missingSwitches: switches.filter(name => !electron.commandLine.hasSwitch(name)),
  }
})
process.stdout.write(`# facts ${JSON.stringify(facts)}\n`)
await quit()
process.stdout.write('# done\n')
