import type { ChatDevice } from '../../../shared/features/chat/model'
import { SiegelError } from '../../../shared/kit/result'
import type { Arguments } from '../../kit/arguments'
import { UsageError } from '../../kit/exit'
import { withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'
import { accountOption, addressOf, chatAccountOf, conversationOf } from './naming'

const switches = ['receipts', 'markers', 'typing', 'to-strangers', 'encrypt'] as const
const settingNames = {
  receipts: 'receipts',
  markers: 'markers',
  typing: 'typing',
  'to-strangers': 'toStrangers',
  encrypt: 'encryptByDefault',
} as const

/** Numbers in groups of eight, as other programs show them. */
const grouped = (fingerprint: string): string => fingerprint.match(/.{1,8}/g)?.join(' ') ?? '(not seen yet)'

const deviceJson = (each: ChatDevice) => ({
  ...{ address: each.address, deviceId: each.deviceId, label: each.label, fingerprint: each.fingerprint },
  ...{ trust: each.trust, own: each.isOwn, thisDevice: each.isThis, active: each.isActive },
  new: each.isNew && !each.isThis,
  namespaces: each.namespaces,
  lastSeen: each.lastSeenMs === null ? null : new Date(each.lastSeenMs).toISOString(),
})

const fingerprintOf = (text: string | undefined): string => {
  const plain = (text ?? '').replace(/[\s:]/g, '').toLowerCase()
  if (!/^[0-9a-f]{64}$/.test(plain))
    throw new UsageError('give the whole number, 64 digits and letters, as "chat devices" prints it')
  return plain
}

const decide = (options: Arguments, decision: 'trust' | 'verify' | 'reject') =>
  withSession(options, async session => {
    const { accountId } = await chatAccountOf(session, options)
    const address = addressOf(options.positionals[0])
    const fingerprint = fingerprintOf(options.positionals[1])
    await session.call('chat.trust', { accountId, address, fingerprint, decision })
  })

const deviceNumber = (text: string | undefined): number => {
  const id = Number(text)
  if (!Number.isInteger(id) || id < 1) throw new UsageError('name a device by its number in "chat devices"')
  return id
}

/** Devices, people and settings. */
export const manage: readonly Verb[] = [
  {
    name: 'chat accounts',
    usage: 'chat accounts',
    about: 'List accounts with chat, and what their connection does',
    options: {},
    positionals: [0, 0],
    async run(options, output) {
      const { accounts } = await withSession(options, session => session.call('chat.accounts', {}))
      output.result(accounts, () =>
        accounts.map(each =>
          [
            each.address,
            each.state,
            ...(each.reason === null ? [] : [each.reason]),
            `${each.waiting} waiting`,
          ].join('  '),
        ),
      )
    },
  },
  {
    name: 'chat devices',
    usage: 'chat devices [JID] [--account A]',
    about: 'List the devices of somebody, or the own ones, with the numbers to compare',
    options: accountOption,
    positionals: [0, 1],
    async run(options, output) {
      const [text] = options.positionals
      const { devices } = await withSession(options, async session => {
        const { accountId } = await chatAccountOf(session, options)
        const address = text === undefined ? null : addressOf(text)
        return session.call('chat.devices', { accountId, address })
      })
      output.result(devices.map(deviceJson), () =>
        devices.map(each =>
          [
            String(each.deviceId).padStart(10),
            grouped(each.fingerprint),
            each.isThis ? 'this device' : each.trust,
            ...(each.label === '' ? [] : [each.label]),
            ...(each.isActive ? [] : ['(not in use)']),
            ...(each.isNew && !each.isThis ? ['(new)'] : []),
          ].join('  '),
        ),
      )
    },
  },
  {
    name: 'chat trust',
    usage: 'chat trust JID FINGERPRINT [--reject] [--account A]',
    about: 'Let a device read what is written, without comparing; with --reject never',
    options: { ...accountOption, reject: { type: 'boolean' } },
    positionals: [2, 2],
    async run(options, output) {
      const isRejected = options.flag('reject')
      await decide(options, isRejected ? 'reject' : 'trust')
      output.result({}, () => [isRejected ? 'Nothing is written to this device.' : 'Trusted, not compared.'])
    },
  },
  {
    name: 'chat verify',
    usage: 'chat verify JID FINGERPRINT [--account A]',
    about:
      'Say that the number was compared with the one that the device itself shows; from then on new devices of that person wait',
    options: accountOption,
    positionals: [2, 2],
    async run(options, output) {
      await decide(options, 'verify')
      output.result({}, () => ['Compared. New devices of this person wait for a decision.'])
    },
  },
  {
    name: 'chat remove-device',
    usage: 'chat remove-device NUMBER [--account A]',
    about: 'Take an own device off the list, so that nobody writes to it any more',
    options: accountOption,
    positionals: [1, 1],
    async run(options, output) {
      await withSession(options, async session => {
        const { accountId } = await chatAccountOf(session, options)
        await session.call('chat.removeDevice', { accountId, deviceId: deviceNumber(options.positionals[0]) })
      })
      output.result({}, () => ['Off the list.'])
    },
  },
  {
    name: 'chat reset-session',
    usage: 'chat reset-session JID NUMBER [--account A]',
    about: 'Begin anew with one device, where its messages cannot be read',
    options: accountOption,
    positionals: [2, 2],
    async run(options, output) {
      await withSession(options, async session => {
        const { accountId } = await chatAccountOf(session, options)
        const address = addressOf(options.positionals[0])
        await session.call('chat.resetSession', {
          ...{ accountId, address, deviceId: deviceNumber(options.positionals[1]) },
        })
      })
      output.result({}, () => ['A new session was begun.'])
    },
  },
  {
    name: 'chat encrypt',
    usage: 'chat encrypt JID [--off --yes] [--account A]',
    about:
      'Encrypt what is written in a conversation from now on; --off --yes lets everything there leave in clear',
    options: { ...accountOption, off: { type: 'boolean' }, yes: { type: 'boolean' } },
    positionals: [1, 1],
    async run(options, output) {
      const isOff = options.flag('off')
      if (isOff && !options.flag('yes'))
        throw new UsageError('--off lets every server on the way read what is written: add --yes to say so')
      await withSession(options, async session => {
        const account = await chatAccountOf(session, options)
        const { id } = await conversationOf(session, account, addressOf(options.positionals[0]))
        await session.call('chat.encrypt', { conversationId: id, mode: isOff ? 'clear' : 'encrypted' })
      })
      output.result({}, () => [isOff ? 'In clear from now on.' : 'Encrypted from now on.'])
    },
  },
  {
    name: 'chat mark',
    usage: 'chat mark JID [--pin|--unpin] [--mute|--unmute] [--account A]',
    about: 'Keep a conversation at the top, or keep it quiet',
    options: {
      ...accountOption,
      ...{ pin: { type: 'boolean' }, unpin: { type: 'boolean' } },
      ...{ mute: { type: 'boolean' }, unmute: { type: 'boolean' } },
    },
    positionals: [1, 1],
    async run(options, output) {
      const said = (on: string, off: string) =>
        options.flag(on) ? true : options.flag(off) ? false : undefined
      const [isPinned, isMuted] = [said('pin', 'unpin'), said('mute', 'unmute')]
      if (isPinned === undefined && isMuted === undefined) throw new UsageError('say what to change')
      await withSession(options, async session => {
        const account = await chatAccountOf(session, options)
        const { id } = await conversationOf(session, account, addressOf(options.positionals[0]))
        await session.call('chat.mark', {
          conversationId: id,
          ...(isPinned === undefined ? {} : { isPinned }),
          ...(isMuted === undefined ? {} : { isMuted }),
        })
      })
      output.result({}, () => ['Done.'])
    },
  },
  {
    name: 'chat delete',
    usage: 'chat delete JID --yes [--account A]',
    about: 'Take a conversation with all of its messages away from here; a room is left',
    options: { ...accountOption, yes: { type: 'boolean' } },
    positionals: [1, 1],
    async run(options, output) {
      if (!options.flag('yes'))
        throw new UsageError('its messages go from here for good: add --yes to say so')
      await withSession(options, async session => {
        const account = await chatAccountOf(session, options)
        const { id } = await conversationOf(session, account, addressOf(options.positionals[0]))
        await session.call('chat.remove', { conversationId: id })
      })
      output.result({}, () => ['Gone.'])
    },
  },
  {
    name: 'chat answer',
    usage: 'chat answer JID --accept|--refuse|--block|--report [--account A]',
    about:
      'Answer a request of somebody unknown; nobody is told of a refusal, and --report says to the server that it is spam',
    options: {
      ...accountOption,
      accept: { type: 'boolean' },
      refuse: { type: 'boolean' },
      block: { type: 'boolean' },
      report: { type: 'boolean' },
    },
    positionals: [1, 1],
    async run(options, output) {
      const [answer, ...more] = (['accept', 'refuse', 'block', 'report'] as const).filter(each =>
        options.flag(each),
      )
      if (answer === undefined || more.length > 0)
        throw new UsageError('say one of --accept, --refuse, --block, --report')
      await withSession(options, async session => {
        const account = await chatAccountOf(session, options)
        const { id, isRequest } = await conversationOf(session, account, addressOf(options.positionals[0]))
        if (!isRequest) throw new SiegelError('not-found', { what: 'conversation' })
        await session.call('chat.answerRequest', { conversationId: id, answer })
      })
      output.result({}, () => ['Done.'])
    },
  },
  {
    name: 'chat block',
    usage: 'chat block JID [--off] [--report spam|abuse] [--account A]',
    about: 'Hear nothing more of somebody, or of a whole server; --report says to the own server why',
    options: { ...accountOption, off: { type: 'boolean' }, report: { type: 'string' } },
    positionals: [1, 1],
    async run(options, output) {
      const report = options.text('report') ?? null
      if (report !== null && report !== 'spam' && report !== 'abuse')
        throw new UsageError('--report takes spam or abuse')
      const isBlocked = !options.flag('off')
      await withSession(options, async session => {
        const { accountId } = await chatAccountOf(session, options)
        const address = addressOf(options.positionals[0])
        await session.call('chat.block', { accountId, address, isBlocked, report })
      })
      output.result({}, () => [isBlocked ? 'Blocked.' : 'Not blocked any more.'])
    },
  },
  {
    name: 'chat blocked',
    usage: 'chat blocked [--account A]',
    about: 'List whom the account hears nothing of',
    options: accountOption,
    positionals: [0, 0],
    async run(options, output) {
      const { addresses } = await withSession(options, async session => {
        const { accountId } = await chatAccountOf(session, options)
        return session.call('chat.blocked', { accountId })
      })
      output.result(addresses, () => addresses)
    },
  },
  {
    name: 'chat settings',
    usage:
      'chat settings [--receipts on|off] [--markers on|off] [--typing on|off] [--to-strangers on|off] [--encrypt on|off] [--undo SECONDS] [--account A]',
    about: 'Show or change what others are told, and whether conversations begin encrypted',
    options: {
      ...accountOption,
      ...{ receipts: { type: 'string' }, markers: { type: 'string' }, typing: { type: 'string' } },
      ...{ 'to-strangers': { type: 'string' }, encrypt: { type: 'string' } },
      undo: { type: 'string' },
    },
    positionals: [0, 0],
    async run(options, output) {
      const changed = switches.flatMap(name => {
        const text = options.text(name)
        if (text === undefined) return []
        if (text !== 'on' && text !== 'off') throw new UsageError(`--${name} takes on or off`)
        return [[settingNames[name], text === 'on'] as const]
      })
      const undo = options.text('undo') === undefined ? {} : { undoSeconds: options.count('undo', 5, 30, 0) }
      const settings = await withSession(options, async session => {
        const { accountId } = await chatAccountOf(session, options)
        return changed.length === 0 && options.text('undo') === undefined
          ? session.call('chat.settings', { accountId })
          : session.call('chat.changeSettings', {
              accountId,
              settings: { ...Object.fromEntries(changed), ...undo },
            })
      })
      output.result(settings, () => Object.entries(settings).map(([name, value]) => `${name}: ${value}`))
    },
  },
]
