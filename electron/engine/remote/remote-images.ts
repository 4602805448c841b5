import type { RemoteLoadReport } from '../../../shared/features/mail/model'
import type { AccountId, MessageId } from '../../../shared/kit/ids'
import type { RemoteImage, RemoteImages } from '../ports/net/remote'
import { type FetchDeps, fetchImage } from './fetch-image'
import { remoteTarget } from './remote-target'

/** Bounds of one opening. */
export type RemoteLimits = Readonly<{
  imageBytes: number
  messageBytes: number
  images: number
  imageMs: number
  messageMs: number
  atOnce: number
}>

const usual: RemoteLimits = {
  imageBytes: 5_000_000,
  messageBytes: 25_000_000,
  images: 100,
  imageMs: 20_000,
  messageMs: 60_000,
  atOnce: 4,
}

type Opening = {
  messageId: MessageId
  stop: AbortController
  sources: Map<string, number>
  images: Map<number, RemoteImage>
  bytes: number
  report: RemoteLoadReport | null
}

/** Keeps the remote images of the message that is open, and of no other. Nothing is ever written to a disk. */
export function createRemoteImages(deps: FetchDeps & { limits?: Partial<RemoteLimits> }): RemoteImages {
  const limits = { ...usual, ...deps.limits }
  let opening: Opening | null = null

  const forget = (messageId: MessageId | null) => {
    if (!opening || (messageId !== null && opening.messageId !== messageId)) return
    opening.stop.abort()
    opening = null
  }
  const of = (messageId: MessageId) => (opening?.messageId === messageId ? opening : null)

  const fetchInto = async (to: Opening, accountId: AccountId, source: string, endsAtMs: number) => {
    const index = to.sources.get(source)
    const target = remoteTarget(source, deps.rules)
    const room = Math.min(limits.imageBytes, limits.messageBytes - to.bytes)
    if (index === undefined || index >= limits.images || target === null || room <= 0) return
    // Reserved before it is fetched, because several are on their way at once.
    to.bytes += room
    let kept = 0
    try {
      const image = await fetchImage(deps, accountId, target, {
        endsAtMs: Math.min(endsAtMs, performance.now() + limits.imageMs),
        maxBytes: room,
        signal: to.stop.signal,
      })
      if (image === null) return
      kept = image.bytes.byteLength
      to.images.set(index, image)
    } catch {
      // Told as a failed image; the list of connections says why.
    } finally {
      to.bytes += kept - room
    }
  }

  return {
    async load({ messageId, accountId }, sources) {
      if (opening?.messageId !== messageId) forget(null)
      const mine: Opening = opening ?? {
        messageId,
        stop: new AbortController(),
        sources: new Map(),
        images: new Map(),
        bytes: 0,
        report: null,
      }
      opening = mine
      for (const source of sources) if (!mine.sources.has(source)) mine.sources.set(source, mine.sources.size)
      const endsAtMs = performance.now() + limits.messageMs
      const waiting = [...new Set(sources)].filter(source => !mine.images.has(mine.sources.get(source) ?? -1))
      const work = async () => {
        for (let source = waiting.shift(); source !== undefined; source = waiting.shift()) {
          if (mine.stop.signal.aborted || performance.now() >= endsAtMs) return
          await fetchInto(mine, accountId, source, endsAtMs)
        }
      }
      await Promise.all(Array.from({ length: limits.atOnce }, work))
      return { loaded: mine.images.size, failed: mine.sources.size - mine.images.size }
    },
    indexOf(messageId, source) {
      const index = of(messageId)?.sources.get(source)
      return index !== undefined && of(messageId)?.images.has(index) ? index : null
    },
    image: (messageId, index) => of(messageId)?.images.get(index) ?? null,
    report: messageId => of(messageId)?.report ?? null,
    keepReport(messageId, report) {
      const mine = of(messageId)
      if (mine) mine.report = report
    },
    forget,
    opened(messageId) {
      if (opening && opening.messageId !== messageId) forget(null)
    },
  }
}
