import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Launched, launch } from '../support/launch'
import { type MeetingHost, startMeetingHost } from '../support/meeting-host'
import { pageCalls } from '../support/page-calls'

const folder = mkdtempSync(join(tmpdir(), 'siegel-meeting-'))
let meeting: MeetingHost
/** Somebody else's server; nothing of a meeting may ever reach it. */
let other: MeetingHost
let siegel: Launched
const call = (...[name, input]: Parameters<ReturnType<typeof pageCalls>>) =>
  pageCalls(siegel.page)(name, input)

type Asked = { title: string; detail: string; message: string; buttons: string[] }

/** Presses the button of this name in each question of main's, the first one where no name is given; the questions are kept. */
const answer = (names: readonly string[]): Promise<void> =>
  siegel.app.evaluate(({ dialog }, wanted) => {
    const asked: unknown[] = []
    Object.assign(globalThis, { askedOfMain: asked })
    Object.assign(dialog, {
      showMessageBox: async (...args: unknown[]) => {
        const options = args.at(-1) as { buttons: string[] }
        asked.push(JSON.parse(JSON.stringify(options)))
        const response = options.buttons.findIndex(each => wanted.some(name => each.startsWith(name)))
        return { response: Math.max(0, response), checkboxChecked: false }
      },
    })
  }, names)
const asked = (): Promise<Asked[]> =>
  siegel.app.evaluate(() => JSON.parse(JSON.stringify((globalThis as { askedOfMain?: unknown }).askedOfMain)))

type Shown = { title: string; partition: boolean; url: string; frame: string; widths: number[] }
/** The windows of meetings: those without a page of their own. */
const windows = (): Promise<Shown[]> =>
  siegel.app.evaluate(({ BaseWindow, BrowserWindow, WebContentsView }) => {
    const pages = BrowserWindow.getAllWindows() as unknown[]
    return BaseWindow.getAllWindows()
      .filter(each => !pages.includes(each))
      .map(each => {
        const [view] = each.contentView.children
        const contents = view instanceof WebContentsView ? view.webContents : null
        return {
          title: each.getTitle(),
          partition: contents?.session.isPersistent() ?? true,
          url: contents?.getURL() ?? '',
          frame: each.getBackgroundColor(),
          widths: (() => {
            const [outer, inner] = [each.contentView.getBounds(), view?.getBounds()]
            if (inner === undefined) return []
            const { x, y, width, height } = inner
            return [x, y, outer.width - x - width, outer.height - y - height]
          })(),
        }
      })
  })
const closeWindows = async (): Promise<void> => {
  await siegel.app.evaluate(({ BaseWindow, BrowserWindow }) => {
    const pages = BrowserWindow.getAllWindows() as unknown[]
    for (const each of BaseWindow.getAllWindows()) if (!pages.includes(each)) each.close()
  })
  await expect.poll(windows).toEqual([])
}
const link = () => `https://localhost:${meeting.port}/room`
const openIt = () => call('meetings.open', { url: link(), accountId: null, service: null })

beforeAll(async () => {
  ;[meeting, other] = await Promise.all([
    startMeetingHost(join(folder, 'meeting')),
    startMeetingHost(join(folder, 'other')),
  ])
  siegel = await launch({
    arguments: [
      `--user-data-dir=${join(folder, 'chromium')}`,
      `--ignore-certificate-errors-spki-list=${meeting.keyHash},${other.keyHash}`,
      '--use-fake-device-for-media-stream',
    ],
  })
  await call('app.createProfile', { custody: 'keychain', passphrase: null })
  await call('settings.set', {
    meetingPlaces: [{ kind: 'jitsi', address: `https://localhost:${meeting.port}`, hosts: [] }],
  })
})
afterAll(async () => {
  await siegel?.stop()
  meeting?.stop()
  other?.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('a meeting opens after a question, in a window that is nobody’s but its own', async () => {
  await answer(['Cancel'])
  expect(await openIt()).toEqual({ opened: 'no' })
  expect((await asked())[0]).toMatchObject({ message: expect.stringContaining(`localhost:${meeting.port}`) })
  expect(meeting.connections()).toBe(0)

  await answer(['Open in a Window'])
  expect(await openIt()).toEqual({ opened: 'window' })
  expect(await meeting.run('document.title')).toBe('Meeting')
  expect(await windows()).toMatchObject([{ partition: false, url: link() }])
  expect(
    await meeting.run(
      '[typeof siegel, typeof require, typeof process, isSecureContext, crossOriginIsolated]',
    ),
  ).toEqual(['undefined', 'undefined', 'undefined', true, false])
  expect(meeting.visits[0]).toMatchObject({ path: '/room', cookie: '' })
  expect(meeting.visits[0]?.agent).toMatch(
    /^Mozilla\/5\.0 \([^)]*\) AppleWebKit\/[\d.]+ \(KHTML, like Gecko\) Chrome\/[\d.]+ Safari\/[\d.]+$/,
  )
})

test('its line stands among what may be contacted, and its connections among those that are open', async () => {
  const policy = (await call('net.policy', {})) as { purpose: string; host: string }[]
  expect(policy.filter(({ purpose }) => purpose === 'meeting').map(({ host }) => host)).toContain('localhost')
  const connections = (await call('net.connections', {})) as {
    purpose: string
    state: string
    host: string
  }[]
  expect(connections).toContainEqual(
    expect.objectContaining({ purpose: 'meeting', state: 'open', host: 'localhost' }),
  )
})

test('no page of it reaches another host, by whatever way', async () => {
  const away = `https://localhost:${other.port}`
  const tries: [string, unknown][] = [
    [`fetch('${away}/a', { mode: 'no-cors' }).then(() => 'came', () => 'refused')`, 'refused'],
    [
      `new Promise(r => { const i = new Image(); i.onload = () => r('came'); i.onerror = () => r('refused'); i.src = '${away}/b' })`,
      'refused',
    ],
    [
      `new Promise(r => { const w = new WebSocket('wss://localhost:${other.port}/c'); w.onopen = () => r('came'); w.onerror = () => r('refused') })`,
      'refused',
    ],
    [`fetch('http://localhost:${meeting.port}/d').then(() => 'came', () => 'refused')`, 'refused'],
    [`fetch('/elsewhere?' + encodeURIComponent('${away}/e')).then(() => 'came', () => 'refused')`, 'refused'],
    [
      `new Promise(r => { const s = document.createElement('script'); s.onload = () => r('came'); s.onerror = () => r('refused'); s.src = '${away}/f'; document.head.append(s) })`,
      'refused',
    ],
    [`window.open('${away}/g') === null`, true],
    [`window.open('/again') === null`, true],
    [`navigator.sendBeacon('${away}/h')`, true],
    [
      `(() => { const l = document.createElement('link'); l.rel = 'preconnect'; l.href = '${away}'; document.head.append(l); return 'asked' })()`,
      'asked',
    ],
    [
      `(() => { const f = document.createElement('iframe'); f.src = '${away}/i'; document.body.append(f); return 'asked' })()`,
      'asked',
    ],
    [`(() => { location.href = '${away}/j'; return 'asked' })()`, 'asked'],
    [
      `(() => { location.href = '/elsewhere?' + encodeURIComponent('${away}/k'); return 'asked' })()`,
      'asked',
    ],
    [`(() => { location.href = '/file'; return 'asked' })()`, 'asked'],
    [`(() => { location.href = 'mailto:eve@evil.example'; return 'asked' })()`, 'asked'],
    [`(() => { location.href = 'app://siegel/index.html'; return 'asked' })()`, 'asked'],
    [`fetch('app://siegel/index.html').then(() => 'came', () => 'refused')`, 'refused'],
    [`Notification.requestPermission()`, 'denied'],
    [`navigator.clipboard.readText().then(() => 'came', () => 'refused')`, 'refused'],
    [
      `new Promise(r => navigator.geolocation.getCurrentPosition(() => r('came'), () => r('refused')))`,
      'refused',
    ],
    [`document.documentElement.requestFullscreen().then(() => 'came', () => 'refused')`, 'refused'],
  ]
  await answer([])
  for (const [code, expected] of tries) expect([code, await meeting.run(code)]).toEqual([code, expected])
  expect(await windows()).toMatchObject([{ url: link() }])
  // Nobody was asked about links, and nothing arrived.
  expect(await asked()).toEqual([])
  expect(other.connections()).toBe(0)
  expect(other.visits).toEqual([])
})

test('its calls find no address of this machine, and TURN elsewhere is refused and shown', async () => {
  const candidates = await meeting.run(`(async () => {
    const peer = new RTCPeerConnection({ iceServers: [
      { urls: 'stun:127.0.0.1:${other.port}' },
      { urls: 'turn:localhost:${other.port}?transport=tcp', username: 'u', credential: 'c' },
    ] })
    peer.createDataChannel('x')
    const found = []
    const done = new Promise(r => { peer.onicecandidate = e => e.candidate ? found.push(e.candidate.candidate) : r() })
    await peer.setLocalDescription()
    await done
    peer.close()
    return found.filter(each => each !== '')
  })()`)
  expect(candidates).toEqual([])
  expect(other.connections()).toBe(0)
  const connections = (await call('net.connections', {})) as {
    purpose: string
    state: string
    port: number
  }[]
  expect(connections).toContainEqual(
    expect.objectContaining({ purpose: 'meeting', state: 'refused', port: other.port }),
  )
})

test('microphone and camera are asked for in a window of main’s, and the frame is red from the yes', async () => {
  const before = await windows()
  await answer(['Do Not Allow'])
  const take = `navigator.mediaDevices.getUserMedia({ audio: true }).then(s => s.getTracks().map(t => t.kind + ' ' + t.readyState), e => e.name)`
  expect(await meeting.run(take)).toBe('NotAllowedError')
  expect(await asked()).toMatchObject([
    { title: 'Let this meeting use your devices?', detail: expect.stringContaining('the microphone') },
  ])
  expect(await windows()).toEqual(before)

  await answer(['Allow'])
  expect(await meeting.run(take)).toEqual(['audio live'])
  expect((await asked())[0]?.detail).not.toContain('the camera')
  const [now] = await windows()
  expect(now?.title).toMatch(/^Microphone on · Meeting at localhost:\d+ · Siegel$/)
  expect(now?.frame).toBe('#D2210F')
  expect(now?.frame).not.toBe(before[0]?.frame)
  // It stays around the page, whatever becomes of the window's size.
  await siegel.app.evaluate(({ BaseWindow, BrowserWindow }) => {
    const pages = BrowserWindow.getAllWindows() as unknown[]
    for (const each of BaseWindow.getAllWindows())
      if (!pages.includes(each)) each.setBounds({ x: 10, y: 10, width: 700, height: 500 })
  })
  await expect.poll(() => meeting.run('[innerWidth, innerHeight]')).toEqual([684, 484])
  expect((await windows())[0]?.widths).toEqual([8, 8, 8, 8])
  // What was allowed is not asked for again by this page, and the camera is.
  const both = `navigator.mediaDevices.getUserMedia({ audio: true, video: true }).then(s => s.getTracks().length, e => e.name)`
  await answer(['Allow'])
  expect(await meeting.run(both)).toBe(2)
  expect(await asked()).toMatchObject([{ detail: expect.stringContaining('the camera') }])
  expect((await asked())[0]?.detail).not.toContain('the microphone')
})

test('of the screen it is shown what was chosen, and past the choice its window is closed', async () => {
  await answer([])
  const show =
    'navigator.mediaDevices.getDisplayMedia({ video: true }).then(s => s.getTracks().length, e => e.name)'
  expect(await meeting.run(show)).toBe('NotAllowedError')
  const [question] = await asked()
  expect(question?.title).toBe('Show something on your screen to this meeting?')
  expect(question?.buttons.slice(1).every(each => !each.includes('Siegel'))).toBe(true)
  // Electron's older way names a source of the page's own; it cannot be told from the newer one before it is allowed.
  await answer(['Whole screen'])
  meeting.tell(
    `navigator.mediaDevices.getUserMedia({ video: { mandatory: { chromeMediaSource: 'desktop' } } }).then(() => 1, e => e.name)`,
  )
  await expect.poll(windows).toEqual([])
  await expect.poll(async () => (await asked()).map(({ title }) => title)).toContain('The meeting was closed')
  // With a microphone beside it the page's process ends at once.
  await answer(['Open in a Window', 'Allow'])
  await openIt()
  await meeting.run('1')
  meeting.tell(
    `navigator.mediaDevices.getUserMedia({ audio: true, video: { mandatory: { chromeMediaSource: 'desktop' } } }).then(() => 1, e => e.name)`,
  )
  await expect.poll(windows).toEqual([])
  await answer(['Open in a Window', 'Allow', 'Whole screen'])
  await openIt()
  expect(await meeting.run(show)).toBe(1)
  expect((await windows())[0]?.title).toContain('Screen shared')
})

test('another page of the host begins without a microphone', async () => {
  meeting.tell(`(() => { location.href = '/room2'; return 'asked' })()`)
  await expect.poll(async () => (await windows())[0]?.url).toBe(`https://localhost:${meeting.port}/room2`)
  await expect.poll(async () => (await windows())[0]?.title).toMatch(/^Meeting at /)
  await answer(['Do Not Allow'])
  expect(
    await meeting.run(`navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'came', e => e.name)`),
  ).toBe('NotAllowedError')
  expect(await asked()).toHaveLength(1)
})

test('the session is gone with its window: no cookie, no storage, no way out', async () => {
  await meeting.run(
    `(document.cookie = 'who=me; max-age=9999; secure', localStorage.setItem('who', 'me'), sessionStorage.setItem('who', 'me'), 1)`,
  )
  expect(await meeting.run('document.cookie')).toBe('who=me')
  await closeWindows()
  const purposes = async () =>
    ((await call('net.policy', {})) as { purpose: string }[]).map(({ purpose }) => purpose)
  await expect.poll(purposes).not.toContain('meeting')
  const before = meeting.visits.length
  await answer(['Open in a Window'])
  await openIt()
  expect(
    await meeting.run('[document.cookie, localStorage.getItem("who"), sessionStorage.getItem("who")]'),
  ).toEqual(['', null, null])
  expect(meeting.visits.slice(before).map(({ cookie }) => cookie)).toEqual([''])
})

test('of what goes through Tor nothing opens, in words, and what is open gets no new connection', async () => {
  expect(await call('tor.configure', { change: { forEverything: true } })).toEqual({ changed: true })
  await answer(['Open'])
  const before = meeting.visits.length
  expect(await openIt()).toEqual({ opened: 'no' })
  expect(await asked()).toMatchObject([
    { title: 'This meeting is not opened', buttons: ['Close', 'Copy Address'] },
  ])
  expect((await asked())[0]?.detail).toContain('goes through Tor')
  // Its connections were closed with the change; the page that is open there finds no way any more.
  await expect
    .poll(async () =>
      ((await call('net.connections', {})) as { purpose: string; state: string }[]).filter(
        ({ purpose, state }) => purpose === 'meeting' && state === 'open',
      ),
    )
    .toEqual([])
  expect(meeting.visits).toHaveLength(before)
  expect(await windows()).toHaveLength(1)
})

test('the lock ends it', async () => {
  await call('app.lock', {})
  await expect.poll(windows).toEqual([])
})
