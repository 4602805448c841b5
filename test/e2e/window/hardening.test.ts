import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createAttachmentProtocol } from '../../../electron/protocols/attachment-protocol'
import { pagePolicy } from '../../../electron/protocols/content-policy'
import { GivenContent } from '../../../electron/protocols/given-content'
import { createMailBodyProtocol } from '../../../electron/protocols/mail-body-protocol'
import { hardenedPreferences } from '../../../electron/windows/hardening'
import { failed, makeFailure, ok } from '../../../shared/kit/result'
import { type Launched, launch } from '../support/launch'

let siegel: Launched
beforeAll(async () => {
  siegel = await launch()
  await siegel.page.waitForFunction(() => document.querySelector('#root')?.childElementCount)
})
afterAll(() => siegel?.stop())

/** A call as the page makes it, with anything for a name and an input. */
const call = (name: string, input: unknown): Promise<unknown> =>
  siegel.page.evaluate(
    ([callName, callInput]) =>
      (window as unknown as { siegel: { call(name: unknown, input: unknown): Promise<unknown> } }).siegel
        .call(callName, callInput)
        .catch((error: Error) => ({ rejected: error.message })),
    [name, input] as const,
  )

const violations = async (attempt: string): Promise<readonly string[]> =>
  siegel.page.evaluate(async code => {
    const seen: string[] = []
    let told: () => void = () => {}
    const isTold = new Promise<void>(resolve => {
      told = resolve
    })
    const note = (event: SecurityPolicyViolationEvent) => {
      seen.push(event.effectiveDirective)
      told()
    }
    document.addEventListener('securitypolicyviolation', note)
    const place = document.createElement('div')
    document.body.append(place)
    if (code === 'script')
      place.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = 1' }))
    if (code === 'image') place.append(Object.assign(new Image(), { src: 'https://example.org/pixel.png' }))
    if (code === 'frame')
      place.append(Object.assign(document.createElement('iframe'), { src: 'https://example.org/' }))
    if (code === 'style')
      place.append(Object.assign(document.createElement('style'), { textContent: 'body{}' }))
    if (code === 'connect') await fetch('https://example.org/').catch(() => undefined)
    if (code === 'socket')
      try {
        new WebSocket('wss://example.org/')
      } catch {}
    await isTold
    place.remove()
    document.removeEventListener('securitypolicyviolation', note)
    return seen
  }, attempt)

describe('the window', () => {
  test('has the preferences of the hardening table, read back from Electron', async () => {
    const actual = await siegel.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map(window => {
        // Not in the types: Electron keeps it for tests like this one.
        const contents = window.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }
        return JSON.parse(JSON.stringify(contents.getLastWebPreferences())) as Record<string, unknown>
      }),
    )
    const {
      sandbox,
      contextIsolation,
      nodeIntegration,
      nodeIntegrationInSubFrames,
      webSecurity,
      allowRunningInsecureContent,
      webviewTag,
      experimentalFeatures,
      disableDialogs,
    } = hardenedPreferences
    expect(actual).toEqual([
      expect.objectContaining({
        sandbox,
        contextIsolation,
        nodeIntegration,
        nodeIntegrationInSubFrames,
        webSecurity,
        allowRunningInsecureContent,
        webviewTag,
        experimentalFeatures,
        disableDialogs,
      }),
    ])
    expect([sandbox, contextIsolation, webSecurity]).toEqual([true, true, true])
    expect([nodeIntegration, nodeIntegrationInSubFrames, webviewTag]).toEqual([false, false, false])
  })

  test('has none of the doors that are switched off', async () => {
    const found = await siegel.page.evaluate(() => ({
      window: [
        'SharedWorker',
        'PresentationRequest',
        'RemotePlayback',
        'showOpenFilePicker',
        'speechSynthesis',
      ].filter(name => name in window),
      navigator: ['serial', 'usb', 'hid', 'bluetooth', 'share', 'contacts'].filter(name => name in navigator),
      webgl: document.createElement('canvas').getContext('webgl'),
    }))
    expect(found).toEqual({ window: [], navigator: [], webgl: null })
  })

  test('has no Node, no Electron and no bridge but two functions', async () => {
    const found = await siegel.page.evaluate(() => ({
      leaked: ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron'].filter(
        name => name in window,
      ),
      bridge: Object.keys((window as unknown as { siegel: object }).siegel).sort(),
    }))
    expect(found).toEqual({ leaked: [], bridge: ['call', 'on'] })
  })

  test('is served with its policy, and nothing outside the built page is served at all', async () => {
    const answers = await siegel.app.evaluate(async ({ session }) => {
      const fetchIn = (url: string) =>
        session
          .fromPartition('window')
          .fetch(url)
          .then(
            async answer => ({
              status: answer.status,
              policy: answer.headers.get('content-security-policy'),
            }),
            () => ({ status: 0, policy: null }),
          )
      return {
        page: await fetchIn('app://siegel/index.html'),
        outside: await fetchIn('app://siegel/..%2f..%2fpackage.json'),
        encoded: await fetchIn('app://siegel/%2e%2e/build/main.cjs'),
        otherHost: await fetchIn('app://elsewhere/index.html'),
        network: await fetchIn('http://127.0.0.1:9/'),
      }
    })
    expect(answers.page).toEqual({ status: 200, policy: pagePolicy })
    expect(answers.outside.status).toBe(404)
    expect(answers.encoded.status).toBe(404)
    expect(answers.otherHost.status).toBe(404)
    expect(answers.network.status).toBe(0)
  })

  test.each([
    ['script', 'script-src-elem'],
    ['image', 'img-src'],
    ['frame', 'frame-src'],
    ['style', 'style-src-elem'],
    ['connect', 'connect-src'],
    ['socket', 'connect-src'],
  ])('its policy stops a foreign %s', async (attempt, directive) => {
    expect(await violations(attempt)).toContain(directive)
    expect(await siegel.page.evaluate(() => 'ran' in window)).toBe(false)
  })

  test('every session has the dead proxy and no permission is granted', async () => {
    const proxies = await siegel.app.evaluate(async ({ session }) => {
      const all = [
        session.defaultSession,
        session.fromPartition('window'),
        session.fromPartition('made later'),
      ]
      await new Promise(resolve => setTimeout(resolve, 100))
      const addresses = ['https://example.org/', 'http://127.0.0.1:8080/', 'http://localhost/']
      return Promise.all(all.flatMap(one => addresses.map(address => one.resolveProxy(address))))
    })
    expect(new Set(proxies)).toEqual(new Set(['SOCKS5 127.0.0.1:9']))
    const permissions = await siegel.page.evaluate(async () => ({
      notification: await Notification.requestPermission(),
      camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => 'granted',
        () => 'denied',
      ),
      place: await new Promise(resolve =>
        navigator.geolocation.getCurrentPosition(
          () => resolve('granted'),
          () => resolve('denied'),
        ),
      ),
    }))
    expect(permissions).toEqual({ notification: 'denied', camera: 'denied', place: 'denied' })
  })
})

/** Answers every question of main's with its default and tells what was asked. */
const withRecordedQuestions = async (act: () => Promise<void>): Promise<readonly string[]> => {
  await siegel.app.evaluate(({ dialog }) => {
    const asked: string[] = []
    Object.assign(globalThis, { asked })
    Object.assign(dialog, {
      showMessageBox: async (...args: unknown[]) => {
        const options = args.at(-1) as { message: string; detail: string; defaultId: number }
        asked.push(`${options.message} ${options.detail}`)
        return { response: options.defaultId, checkboxChecked: false }
      },
    })
  })
  await act()
  await siegel.page.waitForTimeout(400)
  return siegel.app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)
}

/** A picture of one dot. */
const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='

describe('a mail body', () => {
  const body = `<!doctype html><html><head><meta charset="utf-8"></head><body>
    <script>parent.postMessage('ran', '*'); top.location = 'https://example.org/script'</script>
    <img id="inline" src="attachment://message/1/2">
    <img id="remote" src="https://example.org/pixel.png" onerror="parent.postMessage('ran', '*')">
    <a id="link" href="https://example.org/some/where?x=1">a bank you trust</a>
    <a id="blank" target="_blank" href="https://example.org/blank">more</a>
    <form action="https://example.org/form"><button id="send">Send</button></form>`

  test('runs nothing, loads nothing, and a click only makes main ask', async () => {
    // What the real protocol would answer for this body, put in place of an engine with that message.
    const answer = await createMailBodyProtocol(
      async () => ok(Buffer.from(body)),
      new GivenContent(),
    )(new Request('mail-body://message/1'))
    const image = await createAttachmentProtocol(
      async () => ok(Buffer.from(dot, 'base64')),
      async () => failed(makeFailure('not-found', { what: 'image' })),
      async () => failed(makeFailure('not-found', { what: 'image' })),
      new GivenContent(),
    )(new Request('attachment://message/1/2'))
    await siegel.app.evaluate(
      ({ session }, [html, headers, picture, pictureHeaders]) => {
        const { protocol } = session.fromPartition('window')
        for (const scheme of ['mail-body', 'attachment']) protocol.unhandle(scheme)
        protocol.handle('mail-body', () => new Response(html, { headers }))
        const bytes = Uint8Array.from(Buffer.from(picture, 'base64'))
        protocol.handle('attachment', () => new Response(bytes, { headers: pictureHeaders }))
      },
      [
        await answer.text(),
        Object.fromEntries(answer.headers),
        dot,
        Object.fromEntries(image.headers),
      ] as const,
    )
    await siegel.page.evaluate(() => {
      Object.assign(window, { messages: [] })
      window.addEventListener('message', event =>
        (window as unknown as { messages: unknown[] }).messages.push(event.data),
      )
      const frame = Object.assign(document.createElement('iframe'), {
        id: 'body',
        src: 'mail-body://message/1',
      })
      frame.style.cssText = 'position:fixed;inset:0;width:600px;height:400px;z-index:99'
      document.body.append(frame)
    })
    const frame = siegel.page.frameLocator('#body')
    await frame.locator('#link').waitFor()

    const widths = await frame
      .locator('img')
      .evaluateAll(images => images.map(image => (image as HTMLImageElement).naturalWidth))
    expect(widths).toEqual([1, 0])

    for (const [id, address] of [
      ['#link', 'https://example.org/some/where?x=1'],
      ['#blank', 'https://example.org/blank'],
    ] as const) {
      const asked = await withRecordedQuestions(() => frame.locator(id).click())
      expect(asked).toEqual([expect.stringContaining(address)])
      expect(asked[0]).toContain('example.org')
    }
    const asked = await withRecordedQuestions(() => frame.locator('#send').click())
    expect(asked).toEqual([])
    await frame.locator('#link').waitFor()
    expect(await siegel.page.evaluate(() => (window as unknown as { messages: unknown[] }).messages)).toEqual(
      [],
    )
    expect(siegel.page.frames().map(one => one.url())).toContain('mail-body://message/1')
  })
})

describe('the door to main', () => {
  test('refuses unknown and trusted names, extra keys, wrong shapes and what is too large', async () => {
    expect(await call('nothing.like.this', {})).toEqual({ rejected: 'unknown call' })
    expect(await call('attachments.save', { messageId: 1, partId: null, directory: '/tmp' })).toEqual({
      rejected: 'unknown call',
    })
    const refused = (code: string) => ({ ok: false, error: expect.objectContaining({ code }) })
    expect(await call('app.status', { extra: 1 })).toEqual(refused('bad-request'))
    expect(await call('prefs.set', { theme: 'pink' })).toEqual(refused('bad-request'))
    // Made in the page: carrying it there would take longer than everything else.
    const tooLarge = await siegel.page.evaluate(() =>
      (window as unknown as { siegel: { call(name: string, input: unknown): Promise<unknown> } }).siegel.call(
        'links.open',
        { url: 'x'.repeat(9_000_000) },
      ),
    )
    expect(tooLarge).toEqual(refused('too-large'))
    expect(await call('accounts.list', {})).toEqual(refused('locked'))
    expect(await call('app.status', {})).toMatchObject({ ok: true, value: { state: 'no-profile' } })
  })

  test('does not trust the preload either: names are looked up again on the other side, and the sender is', async () => {
    const answers = await siegel.app.evaluate(async ({ BrowserWindow, ipcMain, session }) => {
      // The handler as Electron keeps it; there is no public way to ask it as somebody else.
      const handlers = (
        ipcMain as unknown as { _invokeHandlers: Map<string, (...args: unknown[]) => Promise<unknown>> }
      )._invokeHandlers
      const handler = handlers.get('siegel:call')
      const page = BrowserWindow.getAllWindows()[0]?.webContents
      const stranger = new BrowserWindow({
        show: false,
        webPreferences: { session: session.fromPartition('stranger') },
      })
      const ask = (sender: unknown, senderFrame: unknown, name: string) =>
        handler?.({ sender, senderFrame } as never, name, {})
      const door = handlers.get('siegel:door')
      const open = (sender: unknown, senderFrame: unknown, kind: string) =>
        door?.({ sender, senderFrame } as never, kind)
      const frame = page?.mainFrame
      const result = {
        doors: await Promise.all([
          open(page, { url: 'mail-body://message/1', origin: 'null' }, 'secrets'),
          open(stranger.webContents, stranger.webContents.mainFrame, 'secrets'),
          open(page, null, 'secrets'),
          open(page, frame, 'host'),
          // There is no engine before there is a profile.
          open(page, frame, 'engine'),
        ]),
        own: await ask(page, frame, 'app.status'),
        trusted: await ask(page, frame, 'sync.run'),
        inherited: await ask(page, frame, 'constructor'),
        subframe: await ask(page, { url: 'mail-body://message/1', origin: 'null' }, 'app.status'),
        stranger: await ask(stranger.webContents, stranger.webContents.mainFrame, 'app.status'),
        gone: await ask(page, null, 'app.status'),
        names: [...handlers.keys()],
      }
      stranger.destroy()
      return result
    })
    expect(answers.own).toMatchObject({ ok: true })
    for (const name of ['trusted', 'inherited', 'subframe', 'stranger', 'gone'] as const)
      expect(answers[name]).toMatchObject({ ok: false, error: { code: 'bad-request' } })
    expect(answers.doors).toEqual([null, null, null, null, null])
    expect(answers.names).toEqual(['siegel:call', 'siegel:door'])
  })
})

describe('the window, pushed', () => {
  test('cannot be led away, cannot open windows and cannot download', async () => {
    const asked = await withRecordedQuestions(async () => {
      await siegel.page.evaluate(() => {
        window.open('https://example.org/opened')
      })
    })
    expect(asked).toEqual([expect.stringContaining('https://example.org/opened')])
    await withRecordedQuestions(async () => {
      await siegel.page.evaluate(() => {
        location.href = 'https://example.org/away'
      })
      await siegel.page.evaluate(() => {
        const link = Object.assign(document.createElement('a'), {
          href: 'data:text/plain,x',
          download: 'x.txt',
        })
        link.click()
      })
    })
    expect(siegel.app.windows()).toHaveLength(1)
    expect(siegel.page.url()).toMatch(/^app:\/\/siegel\/index\.html/)
  })
})
