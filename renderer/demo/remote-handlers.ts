import type { RemoteSender } from '../../shared/features/mail/model'
import type { FaceCallName } from '../../shared/ipc/contract'
import { SiegelError } from '../../shared/kit/result'
import type { FakeWorld } from './fake-world'
import type { Handlers } from './handlers'

type RemoteCalls = Extract<
  FaceCallName,
  'messages.allowRemote' | 'messages.forgetRemote' | `remoteContent.${string}` | `lists.${string}`
>

/** Consent to remote images without a network: everything that may be loaded arrives, but for one image. */
export function remoteHandlers(world: FakeWorld): Handlers<RemoteCalls> {
  const senders = new Map<string, RemoteSender>()
  const remoteOf = (id: number) => {
    const remote = world.messages.get(id as never)?.detail.remote
    if (!remote) throw new SiegelError('not-found', { what: 'message' })
    return remote
  }
  return {
    'messages.allowRemote': ({ messageId, scope }) => {
      const remote = remoteOf(messageId)
      if (remote.always === 'junk') throw new SiegelError('not-permitted', { reason: 'policy' })
      if (scope === 'sender' && remote.sender !== null) {
        senders.set(remote.sender, { address: remote.sender, allowedAtMs: Date.now() })
        for (const { detail } of world.messages.values())
          if (detail.remote?.sender === remote.sender && detail.remote.always === 'offered')
            detail.remote.always = 'allowed'
        world.changed('settings', null)
      }
      const trackerCount = world.messages.get(messageId as never)?.detail.trackerCount ?? 0
      const failedCount = remote.imageCount > 1 ? 1 : 0
      remote.report = {
        loadedCount: remote.imageCount - failedCount,
        failedCount,
        pixelCount: 0,
        trackerCount,
        otherCount: 0,
      }
      return remote.report
    },
    'messages.forgetRemote': ({ messageId }) => {
      const remote = world.messages.get(messageId as never)?.detail.remote
      if (remote) remote.report = null
      return {}
    },
    'lists.unsubscribeChoice': ({ messageId }) =>
      world.messages.get(messageId as never)?.detail.unsubscribe ?? null,
    'lists.unsubscribe': () => ({ host: 'lists.example.org' }),
    'remoteContent.list': () => [...senders.values()],
    'remoteContent.forget': ({ address }) => {
      if (!senders.delete(address)) throw new SiegelError('not-found', { what: 'message' })
      for (const { detail } of world.messages.values())
        if (detail.remote?.sender === address && detail.remote.always === 'allowed')
          detail.remote.always = 'offered'
      world.changed('settings', null)
      return {}
    },
  }
}
