import { describe, expect, it } from 'vitest'
import {
  guardedBy,
  isNotBelow,
  judgeReceived,
} from '../../../../../shared/features/chat/encryption/downgrade'
import {
  afterHealing,
  answerDue,
  type HealingMemory,
  healableAtMs,
  heartbeatDue,
  whenToHeal,
} from '../../../../../shared/features/chat/encryption/healing'
import { type KnownDevice, planSending } from '../../../../../shared/features/chat/encryption/recipients'
import {
  firstTrust,
  leastTrust,
  mayRead,
  trustShown,
} from '../../../../../shared/features/chat/encryption/trust'
import { wordOfNoKey, wordOfRefusal } from '../../../../../shared/features/chat/encryption/unread'

describe('trust', () => {
  it('is blind until a device of that person was compared; then new ones wait', () => {
    expect(firstTrust([])).toBe('blind')
    expect(firstTrust(['blind', 'trusted', 'rejected', 'undecided'])).toBe('blind')
    expect(firstTrust(['blind', 'verified'])).toBe('undecided')
  })

  it.each([
    { stored: 'blind', shown: 'unverified', reads: true },
    { stored: 'trusted', shown: 'unverified', reads: true },
    { stored: 'undecided', shown: 'undecided', reads: false },
    { stored: 'verified', shown: 'verified', reads: true },
    { stored: 'rejected', shown: 'rejected', reads: false },
  ] as const)('$stored is shown as $shown and reads: $reads', ({ stored, shown, reads }) => {
    expect([trustShown(stored), mayRead(stored)]).toEqual([shown, reads])
  })

  it.each([
    { devices: [], least: 'none' },
    { devices: ['undecided', 'rejected'], least: 'none' },
    { devices: ['verified', 'rejected', 'undecided'], least: 'verified' },
    { devices: ['verified', 'blind'], least: 'unverified' },
  ] as const)('of all who read $devices is $least', ({ devices, least }) => {
    expect(leastTrust(devices)).toBe(least)
  })
})

const own = { jid: 'me@example.org', deviceId: 1 }
const device = (jid: string, deviceId: number, change: Partial<KnownDevice> = {}): KnownDevice => ({
  ...{ jid, deviceId, trust: 'blind', listed: ['omemo', 'omemo2'], refused: [], sessions: [] },
  ...change,
})
const you = 'you@example.org'

describe('whom is encrypted for', () => {
  const plan = (
    devices: readonly KnownDevice[],
    people: readonly string[] = [you],
    withoutAgreed: string[] = [],
  ) => planSending({ people, devices, own, withoutAgreed })
  const targets = (devices: readonly KnownDevice[]) =>
    plan(devices).targets.map(each => `${each.jid.slice(0, 3)} ${each.deviceId} ${each.version}`)

  it('is each device once, in the version that protects more', () => {
    const devices = [
      device(you, 2),
      device(you, 3, { listed: ['omemo'] }),
      device(own.jid, 4),
      device(own.jid, 1),
    ]
    expect(targets(devices)).toEqual(['you 2 omemo2', 'you 3 omemo', 'me@ 4 omemo2'])
    expect(plan(devices)).toMatchObject({ hold: null, undecided: [], without: [] })
  })

  it('is not who is off the list, rejected, undecided, or somebody else', () => {
    const devices = [
      device(you, 2, { listed: [] }),
      device(you, 3, { trust: 'rejected' }),
      device(you, 4, { trust: 'undecided' }),
      device(you, 5),
      device('else@example.org', 6),
    ]
    expect(targets(devices)).toEqual(['you 5 omemo2'])
    expect(plan(devices)).toMatchObject({ hold: null, undecided: [{ jid: you, deviceId: 4 }] })
  })

  it('is the other version where one bundle was refused, and nobody where both were, but for a session', () => {
    expect(targets([device(you, 2, { refused: ['omemo2'] })])).toEqual(['you 2 omemo'])
    expect(targets([device(you, 2, { refused: ['omemo', 'omemo2'] })])).toEqual([])
    expect(targets([device(you, 2, { refused: ['omemo', 'omemo2'], sessions: ['omemo2'] })])).toEqual([
      'you 2 omemo2',
    ])
  })

  it.each([
    { name: 'no keys at all', devices: [], hold: 'no-keys' },
    { name: 'own devices alone', devices: [device(own.jid, 4)], hold: 'no-keys' },
    { name: 'a rejected one', devices: [device(you, 2, { trust: 'rejected' })], hold: 'no-keys' },
    {
      name: 'an undecided one',
      devices: [device(you, 2, { trust: 'undecided' })],
      hold: 'undecided-devices',
    },
    {
      name: 'one of the own undecided',
      devices: [device(you, 2), device(own.jid, 4, { trust: 'undecided' })],
      hold: null,
    },
  ] as const)('holds with $name: $hold', ({ devices, hold }) => {
    expect(plan(devices).hold).toBe(hold)
  })

  it('holds in a room for a member without keys until it was agreed to, and always where nobody has any', () => {
    const people = [you, 'she@example.org', 'he@example.org']
    const devices = [device(you, 2), device('she@example.org', 3, { trust: 'undecided' })]
    expect(plan(devices, people)).toMatchObject({ hold: 'undecided-devices', without: people.slice(1) })
    expect(plan(devices, people, people.slice(1, 2)).hold).toBe('undecided-devices')
    expect(plan(devices, people, people.slice(1))).toMatchObject({ hold: null, targets: [{ jid: you }] })
    expect(plan([], people, people).hold).toBe('no-keys')
  })

  it('is only oneself in a note to oneself, which nothing holds', () => {
    expect(plan([device(own.jid, 1), device(own.jid, 4)], [own.jid])).toMatchObject({
      ...{ hold: null, without: [], targets: [{ jid: own.jid, deviceId: 4 }] },
    })
  })
})

describe('healing', () => {
  const hourMs = 3_600_000
  const asked = { reason: 'not-opened', isKnown: true, isCatchingUp: false, memory: null, nowMs: 0 } as const

  it.each([
    { name: 'a message that no session opens', change: {}, when: 'now' },
    { name: 'during catch-up', change: { isCatchingUp: true }, when: 'after-catch-up' },
    { name: 'of a stranger', change: { isKnown: false }, when: 'never' },
    { name: 'a used key', change: { reason: 'repeated' }, when: 'never' },
    { name: 'another identity', change: { reason: 'other-identity' }, when: 'never' },
    { name: 'a changed payload', change: { reason: 'payload-changed' }, when: 'never' },
    { name: 'damaged state', change: { reason: 'state-damaged' }, when: 'now' },
    { name: 'a prekey that is gone', change: { reason: 'unknown-prekey' }, when: 'now' },
  ] as const)('$name: $when', ({ change, when }) => {
    expect(whenToHeal({ ...asked, ...change })).toBe(when)
  })

  it('pauses 1 hour, 2, 4 ... a week, and is not stopped by a clock that was set back', () => {
    const due = (attempts: number) => healableAtMs({ attempts, lastAtMs: 0 }, 0)
    expect(healableAtMs(null, 7)).toBe(7)
    expect([0, 1, 2, 3, 8, 40].map(due)).toEqual([
      0,
      hourMs,
      2 * hourMs,
      4 * hourMs,
      128 * hourMs,
      168 * hourMs,
    ])
    let memory: HealingMemory | null = null
    let heals = 0
    // 50 messages in an hour that cannot be read: one session.
    for (let minute = 0; minute < 59; minute++) {
      if (whenToHeal({ ...asked, memory, nowMs: minute * 60_000 }) !== 'now') continue
      heals++
      memory = afterHealing(memory, minute * 60_000)
    }
    expect(heals).toBe(1)
    expect(whenToHeal({ ...asked, memory, nowMs: hourMs })).toBe('now')
    expect(whenToHeal({ ...asked, memory: { attempts: 5, lastAtMs: 10 * hourMs }, nowMs: hourMs })).toBe(
      'now',
    )
  })

  it('answers a new session once, after catch-up, and no stranger', () => {
    const session = { isNewSession: true, isKnown: true, isCatchingUp: false }
    expect(answerDue(session)).toBe(true)
    for (const change of [{ isNewSession: false }, { isKnown: false }, { isCatchingUp: true }])
      expect(answerDue({ ...session, ...change })).toBe(false)
  })

  it('beats once for a chain of 53', () => {
    expect(heartbeatDue({ chain: 'a', counter: 52 }, null)).toBe(false)
    expect(heartbeatDue({ chain: 'a', counter: 53 }, null)).toBe(true)
    expect(heartbeatDue({ chain: 'a', counter: 900 }, 'a')).toBe(false)
    expect(heartbeatDue({ chain: 'b', counter: 53 }, 'a')).toBe(true)
  })
})

describe('what cannot be read', () => {
  const text = { hasPayload: true, isBeforeDevice: false }

  it.each([
    ['repeated', null, null],
    ['no-session', 'no-session', null],
    ['unknown-prekey', 'no-session', null],
    ['no-prekey', 'broken', null],
    ['not-opened', 'broken', null],
    ['too-far', 'no-session', null],
    ['weak-key', 'broken', null],
    ['other-identity', 'identity-changed', 'identity-changed'],
    ['payload-changed', 'broken', null],
    ['unsafe-form', 'unsupported', 'unsupported'],
    ['malformed', 'broken', null],
    ['state-damaged', 'no-session', null],
  ] as const)('%s says %s, without a text %s', (reason, word, empty) => {
    expect(wordOfRefusal(reason, text)).toBe(word)
    expect(wordOfRefusal(reason, { ...text, hasPayload: false })).toBe(empty)
  })

  it('is before this device where it is older', () => {
    expect(wordOfRefusal('no-session', { hasPayload: true, isBeforeDevice: true })).toBe('before-this-device')
    expect(wordOfNoKey({ hasPayload: true, isBeforeDevice: true })).toBe('before-this-device')
    expect(wordOfNoKey(text)).toBe('not-for-this-device')
    expect(wordOfNoKey({ hasPayload: false, isBeforeDevice: true })).toBeNull()
  })
})

describe('clear text in an encrypted conversation', () => {
  const said = { mode: 'encrypted', encryption: 'none', asksForClear: false, isRoom: false } as const

  it.each([
    { name: 'clear', change: {}, isMarked: true, hold: null },
    { name: 'encrypted', change: { encryption: 'omemo' }, isMarked: false, hold: null },
    { name: 'a wish for clear', change: { asksForClear: true }, isMarked: true, hold: 'peer-in-clear' },
    {
      name: 'a wish for clear in a room',
      change: { asksForClear: true, isRoom: true },
      isMarked: true,
      hold: null,
    },
    {
      name: 'clear in a clear one',
      change: { mode: 'clear', asksForClear: true },
      isMarked: false,
      hold: null,
    },
  ] as const)('$name: marked $isMarked, holds $hold', ({ change, isMarked, hold }) => {
    expect(judgeReceived({ ...said, ...change })).toEqual({ isMarked, hold })
  })

  it('never changes what was encrypted', () => {
    expect(isNotBelow('omemo', 'none')).toBe(false)
    expect(isNotBelow('omemo2', 'omemo')).toBe(true)
    expect(isNotBelow('none', 'none')).toBe(true)
    expect((['none', 'omemo', 'omemo2'] as const).map(guardedBy)).toEqual(['nothing', 'text', 'content'])
  })
})
