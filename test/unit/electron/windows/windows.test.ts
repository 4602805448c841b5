import { describe, expect, test, vi } from 'vitest'
import { parseWindowArguments } from '../../../../electron/main/arguments'
import { certificateQuestion } from '../../../../electron/windows/dialogs/certificate-dialog'
import {
  linkAnswers,
  linkQuestion,
  linkRefusal,
  mailQuestion,
  shownLink,
} from '../../../../electron/windows/dialogs/link-dialog'
import { wordsFor } from '../../../../electron/windows/dialogs/words'
import { createIdleLock } from '../../../../electron/windows/idle-lock'
import { createLinkClicks } from '../../../../electron/windows/mail-frame/link-clicks'
import { linkTarget } from '../../../../electron/windows/mail-frame/link-target'
import { wordsOfLink } from '../../../../electron/windows/mail-frame/link-words'
import { placeFor } from '../../../../electron/windows/window-place'
import type { CertificateProblem } from '../../../../shared/features/accounts/model'

const words = wordsFor('en', 'en-GB')

describe('a link', () => {
  test('shows where it really leads', () => {
    expect(linkTarget('HTTPS://Bank.example:443/a b')).toMatchObject({
      url: 'https://bank.example/a%20b',
      host: 'bank.example',
    })
    // A Cyrillic letter in place of a Latin one.
    expect(linkTarget('https://b\u0430nk.example/')).toMatchObject({ host: 'xn--bnk-6cd.example' })
    expect(linkTarget('https://bank.example@evil.example/')).toMatchObject({
      host: 'evil.example',
      hasCredentials: true,
    })
    expect(linkTarget('mailto:a@b.example?subject=x')).toMatchObject({ kind: 'mail' })
  })

  test.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/html,x',
    'smb://host/share',
    'vscode://x',
    'ms-msdt:/id',
    'relative/path',
    '',
  ])('%.40s is never opened', link => {
    expect(linkTarget(link)).toBe(null)
  })

  test('of a telephone, and one that is too long, is told for what it is', () => {
    expect(linkTarget('tel:+49%2030;ext=1')).toEqual({ kind: 'phone', number: '+49 30' })
    expect(linkTarget(`https://x.example/${'a'.repeat(9000)}`)).toMatchObject({ kind: 'web' })
    const long = linkTarget(`https://x.example/${'a'.repeat(30_000)}`)
    expect(long).toEqual({ kind: 'too-long', characters: 30_018 })
    expect(linkRefusal('https://x.example/', words, long).message).toContain('30,018')
    expect(linkRefusal('file:///etc/passwd', words).message).toBe(words.linkRefused)
  })

  test('clicked twice in a moment was clicked once', () => {
    let nowMs = 0
    const isFirst = createLinkClicks(() => nowMs)
    expect([isFirst('a'), isFirst('a'), isFirst('b'), isFirst('a')]).toEqual([true, false, true, true])
    nowMs = 2000
    expect(isFirst('a')).toBe(true)
  })

  test('is asked about with Cancel as the default, and warns of a name in front and of http', () => {
    const target = linkTarget('http://bank.example@evil.example/login')
    if (target?.kind !== 'web') throw new Error('not a web link')
    const question = linkQuestion(target, words)
    expect(question.message).toContain('evil.example')
    expect(question.detail).toContain('http://bank.example@evil.example/login')
    expect(question.detail).toContain(words.linkCredentials)
    expect(question.detail).toContain(words.linkInsecure)
    expect(linkAnswers[question.defaultId ?? -1]).toBe('cancel')
    expect(linkAnswers[question.cancelId ?? -1]).toBe('cancel')
  })
})

describe('the words of a link', () => {
  const asked = (url: string, said: Parameters<typeof linkQuestion>[2]) => {
    const target = linkTarget(url)
    if (target?.kind !== 'web') throw new Error('not a web link')
    return linkQuestion(target, words, said)
  }
  test.each([
    [
      'https://evil.test/a',
      { kind: 'other-site', said: 'bank.example', leads: 'evil.test' },
      'bank.example',
      'evil.test',
    ],
    [
      'https://xn--bnk-6cd.example/',
      { kind: 'other-site', said: 'bank.example', leads: 'xn--bnk-6cd.example' },
      'bank.example',
      'xn--bnk-6cd.example (\u2068b\u0430nk.example\u2069)',
    ],
    [
      'https://evil.test/',
      { kind: 'other-site', said: 'xn--mller-kva.example', leads: 'evil.test' },
      'xn--mller-kva.example (\u2068müller.example\u2069)',
      'evil.test',
    ],
  ] as const)('of %s are told when they name another place', (url, finding, said, leads) => {
    const { detail } = asked(url, finding)
    expect(detail).toContain(`The text says ${said}, but the link leads to ${leads}.`)
  })

  test('are not spoken of where nothing is wrong, and where nobody could compare it is said', () => {
    expect(asked('https://a.example/', null).detail).toBe('https://a.example/')
    expect(asked('https://a.example/', 'unknown').detail).toContain(words.linkNotCompared)
  })

  test('with $ in them change nothing else of the question', () => {
    const finding = { kind: 'other-address', said: "$'$&@a.example", leads: 'eve@b.example' } as const
    expect(asked('https://a.example/', finding).detail).toContain(
      "The text says $'$&@a.example, but the link writes to eve@b.example.",
    )
  })

  test('that name another address are told before a draft to it is begun', () => {
    const target = linkTarget('mailto:eve@b.example')
    if (target?.kind !== 'mail') throw new Error('not a mail link')
    const finding = { kind: 'other-address', said: 'bank@a.example', leads: 'eve@b.example' } as const
    const question = mailQuestion(target, words, finding)
    expect(question.message).toBe('eve@b.example')
    expect(question.detail).toContain('The text says bank@a.example, but the link writes to eve@b.example.')
    expect(linkAnswers[question.cancelId]).toBe('cancel')
    expect(question.buttons).toEqual([words.cancel, words.copyLink, words.writeMail])
  })

  test('and its target are shown in both forms, honest or not', () => {
    expect(asked('https://müller.example/', null).message).toContain(
      'xn--mller-kva.example (\u2068müller.example\u2069)',
    )
    expect(shownLink('https://müller.example/x')).toEqual({
      url: 'https://xn--mller-kva.example/x',
      letters: 'müller.example',
      isLookAlike: false,
    })
    expect(shownLink('https://a.example/').letters).toBe('')
  })

  const place = { messageId: 1 as never, attached: [] }
  const finding = { kind: 'other-site', said: 'bank.example', leads: 'evil.test' } as const
  test('are asked for in every mail that is shown, and the wait ends with each answer', async () => {
    const answers = [
      { ok: true, value: null },
      { ok: true, value: finding },
    ] as const
    let at = 0
    const found = await wordsOfLink([place, null, place], 'https://evil.test/', async () => answers[at++]!)
    expect([found, at]).toEqual([finding, 2])
    expect(await wordsOfLink([null], 'https://evil.test/', () => Promise.reject(new Error('asked')))).toBe(
      null,
    )
    const locked = { ok: false, error: { code: 'locked', retryable: false, params: {} } } as const
    expect(await wordsOfLink([place], 'https://evil.test/', async () => locked)).toBe('unknown')
  })

  test('are not waited for longer than a moment', async () => {
    vi.useFakeTimers()
    try {
      const found = wordsOfLink([place], 'https://evil.test/', () => new Promise(() => undefined))
      await vi.advanceTimersByTimeAsync(3001)
      expect(await found).toBe('unknown')
    } finally {
      vi.useRealTimers()
    }
  })
})

test('a bad certificate is asked about with No as the default, its fingerprint whole, its text on its own lines', () => {
  const fingerprint256 = Array.from({ length: 32 }, (_, index) => index.toString(16).padStart(2, '0')).join(
    ':',
  )
  const problem: CertificateProblem = {
    host: 'mail.example',
    port: 993,
    reason: 'self-signed',
    detail: '',
    fingerprint256,
    subject: 'mail.example\nReason: all is well',
    issuer: 'x'.repeat(400),
    names: ['a', 'b'],
    validFrom: '2026',
    validTo: '2027',
  }
  const question = certificateQuestion(problem, words)
  expect([question.defaultId, question.cancelId]).toEqual([0, 0])
  expect(question.buttons?.[0]).toBe(words.certificateNo)
  expect(question.detail?.replace(/\s/g, '')).toContain(fingerprint256.toUpperCase())
  expect(question.detail).not.toMatch(/^Reason: all is well/m)
  expect(question.detail).toContain(words['reason.self-signed'])
})

test('German words are there for every English one, and none is left in English by mistake', () => {
  const german = wordsFor('de', 'en')
  expect(Object.keys(german).sort()).toEqual(Object.keys(words).sort())
  expect(Object.values(german).every(text => text.length > 0)).toBe(true)
  expect(wordsFor('system', 'de-AT')).toBe(german)
  expect(wordsFor('system', 'fr')).toBe(words)
})

describe('the window', () => {
  const screens = [{ x: 0, y: 0, width: 1920, height: 1040 }]

  test('opens where it was left', () => {
    const bounds = { x: 100, y: 50, width: 1200, height: 800 }
    expect(placeFor({ bounds, maximized: true }, screens)).toEqual({ bounds, maximized: true })
  })

  test('does not open on a screen that is gone, nor larger than the one that is left', () => {
    const gone = placeFor({ bounds: { x: 3000, y: 50, width: 1200, height: 800 }, maximized: false }, screens)
    expect(gone.bounds.x).toBeUndefined()
    const large = placeFor({ bounds: { x: 0, y: 0, width: 5000, height: 3000 }, maximized: false }, screens)
    expect(large.bounds).toEqual({ x: 0, y: 0, width: 1920, height: 1040 })
    expect(placeFor(null, screens).bounds).toEqual({ width: 1280, height: 820 })
  })
})

describe('the idle lock', () => {
  const setUp = (systemIdle: number | null, minutes: number, lockOnLeaving = true) => {
    let nowMs = 0
    let locks = 0
    const lock = createIdleLock({
      now: () => nowMs,
      systemIdleSeconds: () => systemIdle,
      lockAfterMinutes: () => minutes,
      lockOnLeaving: () => lockOnLeaving,
      lock: () => {
        locks += 1
      },
    })
    return { lock, locks: () => locks, pass: (ms: number) => (nowMs += ms) }
  }

  test('locks when nobody has typed anywhere for the time set, and not before', () => {
    for (const [idleSeconds, locked] of [
      [899, 0],
      [900, 1],
    ] as const) {
      const { lock, locks } = setUp(idleSeconds, 15)
      lock.check()
      expect(locks()).toBe(locked)
    }
  })

  test("where the system does not tell, the page's last input counts", () => {
    const { lock, locks, pass } = setUp(null, 5)
    pass(4 * 60_000)
    lock.reportActivity()
    pass(4 * 60_000)
    lock.check()
    expect(locks()).toBe(0)
    pass(60_000)
    lock.check()
    expect(locks()).toBe(1)
  })

  test('sleep and a locked screen lock whatever the time is set to, unless that is off', () => {
    const never = setUp(100_000, 0)
    never.lock.check()
    expect(never.locks()).toBe(0)
    never.lock.machineLeft()
    expect(never.locks()).toBe(1)
    const off = setUp(0, 15, false)
    off.lock.machineLeft()
    expect(off.locks()).toBe(0)
  })
})

test('the command line names a profile and a mail address, and nothing too long', () => {
  expect(parseWindowArguments(['--no-sandbox', '--profile', 'p', 'mailto:a@b.example'], '/home/me')).toEqual({
    profile: '/home/me/p',
    mailto: 'mailto:a@b.example',
  })
  expect(parseWindowArguments(['--profile=/x', `mailto:${'a'.repeat(9000)}`], '/')).toEqual({
    profile: '/x',
    mailto: null,
  })
  expect(parseWindowArguments(['--profile'], '/')).toEqual({ profile: null, mailto: null })
})
