import { UsageError } from '../../kit/exit'
import { secretFromFile, withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'
import { accountOption, addressOf, chatAccountOf, roomOf } from './naming'
import { conversationJson } from './printing'

const acts = ['kick', 'ban', 'member', 'none', 'admin', 'owner'] as const

/** Rooms. */
export const rooms: readonly Verb[] = [
  {
    name: 'chat rooms',
    usage: 'chat rooms [--account A]',
    about: 'List the rooms that are known, and whether they are joined by themselves',
    options: accountOption,
    positionals: [0, 0],
    async run(options, output) {
      const { rooms: all } = await withSession(options, async session => {
        const one = options.text('account') === undefined ? null : await chatAccountOf(session, options)
        return session.call('chat.rooms', { accountId: one?.accountId ?? null })
      })
      output.result(all.map(conversationJson), () =>
        all.map(each =>
          [
            each.address,
            each.name === each.address ? '' : each.name,
            each.room?.isAutojoined ? 'joined' : 'left',
            each.room?.isMembersOnly && each.room.showsAddresses ? 'private' : 'open',
            each.mode === 'encrypted' ? '[encrypted]' : '[in clear]',
          ]
            .filter(text => text !== '')
            .join('  '),
        ),
      )
    },
  },
  {
    name: 'chat join',
    usage: 'chat join ROOM [--nick N] [--room-password-file F] [--account A]',
    about: 'Join a room, and every time the account connects',
    options: { ...accountOption, nick: { type: 'string' }, 'room-password-file': { type: 'string' } },
    positionals: [1, 1],
    async run(options, output) {
      const file = options.text('room-password-file')
      const password = file === undefined ? null : await secretFromFile(file)
      const room = await withSession(options, async session => {
        const { accountId } = await chatAccountOf(session, options)
        const { conversationId } = await session.call('chat.join', {
          ...{ accountId, address: addressOf(options.positionals[0]), password },
          nick: options.text('nick') ?? null,
        })
        return session.call('chat.conversation', { conversationId })
      })
      output.result(conversationJson(room), () => [
        room.mode === 'encrypted'
          ? 'Joined. What is written there is encrypted for its members.'
          : 'Joined. The room is open: what is written there can be read by its server and whoever comes.',
      ])
    },
  },
  {
    name: 'chat leave',
    usage: 'chat leave ROOM [--account A]',
    about: 'Leave a room, and join it no more by itself; what was said stays here',
    options: accountOption,
    positionals: [1, 1],
    async run(options, output) {
      await withSession(options, async session => {
        const account = await chatAccountOf(session, options)
        const { id } = await roomOf(session, account, options.positionals[0])
        await session.call('chat.leave', { conversationId: id })
      })
      output.result({}, () => ['Left.'])
    },
  },
  {
    name: 'chat create',
    usage: 'chat create NAME [--invite JID]… [--account A]',
    about: 'Make a private room for members only, which is encrypted, and invite people',
    options: { ...accountOption, invite: { type: 'string', multiple: true } },
    positionals: [1, 1],
    async run(options, output) {
      const room = await withSession(options, async session => {
        const { accountId } = await chatAccountOf(session, options)
        const { conversationId } = await session.call('chat.createRoom', {
          ...{
            accountId,
            name: options.positionals[0] ?? '',
            invite: options.texts('invite').map(addressOf),
          },
        })
        return session.call('chat.conversation', { conversationId })
      })
      output.result(conversationJson(room), () => [`Made ${room.address}.`])
    },
  },
  {
    name: 'chat invite',
    usage: 'chat invite ROOM JID… [--account A]',
    about: 'Invite people into a room; of a private one they become members',
    options: accountOption,
    positionals: [2, 101],
    async run(options, output) {
      const [room, ...people] = options.positionals
      await withSession(options, async session => {
        const account = await chatAccountOf(session, options)
        const { id } = await roomOf(session, account, room)
        await session.call('chat.invite', { conversationId: id, addresses: people.map(addressOf) })
      })
      output.result({}, () => ['Invited.'])
    },
  },
  {
    name: 'chat members',
    usage: 'chat members ROOM [--account A]',
    about: 'List who is in a room, and members who are away',
    options: accountOption,
    positionals: [1, 1],
    async run(options, output) {
      const { occupants } = await withSession(options, async session => {
        const account = await chatAccountOf(session, options)
        const { id } = await roomOf(session, account, options.positionals[0])
        await session.call('chat.sync', { accountId: account.accountId })
        return session.call('chat.occupants', { conversationId: id })
      })
      output.result(occupants, () =>
        occupants.map(each =>
          [
            each.nick || each.address,
            each.nick === '' ? '' : each.address,
            each.affiliation,
            each.isHere ? 'here' : 'away',
          ]
            .filter(text => text !== '')
            .join('  '),
        ),
      )
    },
  },
  {
    name: 'chat moderate',
    usage: 'chat moderate ROOM WHO --act kick|ban|member|none|admin|owner [--reason T] [--account A]',
    about: 'Put somebody out of a room by their nick, or change by their address what they are there',
    options: { ...accountOption, act: { type: 'string' }, reason: { type: 'string' } },
    positionals: [2, 2],
    async run(options, output) {
      const act = acts.find(each => each === options.required('act'))
      if (act === undefined) throw new UsageError(`--act takes ${acts.join(', ')}`)
      await withSession(options, async session => {
        const account = await chatAccountOf(session, options)
        const { id } = await roomOf(session, account, options.positionals[0])
        const [, who = ''] = options.positionals
        await session.call('chat.moderate', {
          ...{ conversationId: id, who, act, reason: options.text('reason') ?? '' },
        })
      })
      output.result({}, () => ['Done.'])
    },
  },
  {
    name: 'chat find-rooms',
    usage: 'chat find-rooms [SERVICE] [--account A]',
    about: 'Ask the own server, or another service, for its public rooms',
    options: accountOption,
    positionals: [0, 1],
    async run(options, output) {
      const [service] = options.positionals
      const found = await withSession(options, async session => {
        const { accountId } = await chatAccountOf(session, options)
        return session.call('chat.findRooms', { accountId, service: service ?? null })
      })
      output.result(found, () => found.rooms.map(each => `${each.address}  ${each.name}`.trimEnd()))
      if (found.isCut) output.note('There are more than are shown.')
    },
  },
]
