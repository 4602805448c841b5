import { describe, expect, test } from 'vitest'
import { wordsFor } from '../../../../electron/windows/dialogs/words'
import {
  deviceQuestion,
  meetingNotice,
  meetingTitle,
  openQuestion,
  type SeenMeeting,
  screenQuestion,
} from '../../../../electron/windows/meetings/questions'
import { meetingWalls } from '../../../../electron/windows/meetings/walls'
import { meetingWords } from '../../../../electron/windows/meetings/words'

describe('the walls of a meeting', () => {
  const walls = meetingWalls('meet.example', ['rtc.example', 'turn.example:3478'])

  test('its pages ask their own host, and those that the person named', () => {
    for (const url of [
      'https://meet.example/room?a#b',
      'https://MEET.example:443/x',
      'wss://meet.example/xmpp-websocket',
      'https://rtc.example/x',
      'https://turn.example:3478/',
      'blob:https://meet.example/1-2',
      'data:text/plain,x',
    ])
      expect([url, walls.mayRequest(url)]).toEqual([url, true])
  })

  test.each([
    'http://meet.example/',
    'ws://meet.example/',
    'https://meet.example:8443/',
    'https://meet.example.evil.example/',
    'https://evil.example/meet.example',
    'https://meet.example@evil.example/',
    'https://user@meet.example/',
    'https://sub.meet.example/',
    'https://turn.example/',
    'blob:https://evil.example/1-2',
    'blob:null/1-2',
    'app://siegel/index.html',
    'mail-body://x/1',
    'attachment://draft/1/1',
    'file:///etc/passwd',
    'devtools://devtools/bundled/inspector.html',
    'javascript:alert(1)',
    'about:blank',
    '',
  ])('%s is asked for by none of them', url => {
    expect(walls.mayRequest(url)).toBe(false)
    expect(walls.isPage(url, false)).toBe(false)
    expect(walls.isPage(url, true)).toBe(false)
  })

  test('the window shows its own host alone, and frames in it also the named ones', () => {
    expect(walls.isPage('https://meet.example/a', true)).toBe(true)
    expect(walls.isPage('https://rtc.example/a', true)).toBe(false)
    expect(walls.isPage('https://rtc.example/a', false)).toBe(true)
    for (const url of ['wss://meet.example/', 'data:text/html,x', 'blob:https://meet.example/1'])
      expect([url, walls.isPage(url, true)]).toEqual([url, false])
  })
})

describe.each([
  ['English', false],
  ['German', true],
])('questions around meetings in %s', (_language, isGerman) => {
  const words = meetingWords(isGerman)
  const own = wordsFor(isGerman ? 'de' : 'en', 'en')
  const seen = (change: Partial<SeenMeeting> = {}): SeenMeeting => ({
    ...{ url: 'https://meet.example/room', host: 'meet.example', hosts: [], isOwn: true, way: 'direct' },
    ...change,
  })

  test('a direct meeting opens where the person says, and nowhere by default', () => {
    const { options, choices } = openQuestion(seen(), words, own)
    expect(choices).toEqual(['cancel', 'copy', 'browser', 'window'])
    expect(options).toMatchObject({ defaultId: 0, cancelId: 0 })
    expect(options.buttons).toHaveLength(4)
    expect(options.message).toContain('meet.example')
    expect(options.detail).toContain('https://meet.example/room')
  })

  test('over a proxy no browser is offered, and over Tor nothing but the link', () => {
    expect(openQuestion(seen({ way: 'socks5' }), words, own).choices).toEqual(['cancel', 'copy', 'window'])
    expect(openQuestion(seen({ way: 'socks5' }), words, own).options.buttons).toHaveLength(3)
    for (const way of ['tor', 'refused'] as const) {
      const { options, choices } = openQuestion(seen({ way }), words, own)
      expect(choices).toEqual(['cancel', 'copy'])
      expect(options.buttons).toHaveLength(2)
      expect(options.detail).toContain('Tor')
      expect(options.detail).toContain('meet.example')
    }
  })

  test('a provider that nobody set up, a name that imitates another, and further hosts are told', () => {
    const detail = (change: Partial<SeenMeeting>) =>
      openQuestion(seen(change), words, own).options.detail ?? ''
    expect(detail({ isOwn: false })).toContain(words.foreign)
    expect(detail({ hosts: ['turn.example:3478'] })).toContain('turn.example:3478')
    const imitated = detail({ url: 'https://xn--80ak6aa92e.com/room', host: 'xn--80ak6aa92e.com' })
    expect(imitated).toContain(own.linkLookAlike.split('{{')[0])
    expect(imitated).not.toContain('{{')
    expect(detail({ url: `https://meet.example/${'a'.repeat(1900)}` }).length).toBeLessThan(2400)
  })

  test('names of other programs add no lines and no buttons of their own', () => {
    const sources = [
      { id: 'screen:0:0', name: 'Screen 1' },
      { id: 'window:1:0', name: `Evil\n\n  ${words.allow}${'x'.repeat(500)}` },
      { id: 'window:2:0', name: '\u202e' },
    ]
    const { buttons = [], defaultId, cancelId } = screenQuestion('meet.example', sources, words)
    expect([buttons.length, defaultId, cancelId]).toEqual([4, 0, 0])
    expect(buttons.every(each => each !== '' && each.length <= 90 && !/[\n\u202e]/.test(each))).toBe(true)
    expect(meetingNotice('failed', { host: 'a.example', detail: 'x\ny' }, words, own).detail).toContain(
      '(x y)',
    )
  })

  test('what is asked for is named, and yes is never the default', () => {
    const question = deviceQuestion('meet.example', ['audio', 'video'], words)
    expect(question.detail).toContain(words.audio)
    expect(question.detail).toContain(words.video)
    expect(deviceQuestion('meet.example', ['video'], words).detail).not.toContain(words.audio)
    expect(question).toMatchObject({ defaultId: 0, cancelId: 0, buttons: [words.deny, words.allow] })
  })

  test('the title says what the window may take', () => {
    const title = (...kinds: ('audio' | 'video' | 'screen')[]) =>
      meetingTitle('meet.example', new Set(kinds), words)
    expect(title()).not.toContain(words.stateAudio)
    expect(title('audio').startsWith(words.stateAudio)).toBe(true)
    expect(title('screen', 'video')).toContain(words.stateScreen)
    expect(title('screen', 'video')).toContain('meet.example')
  })
})
