import { type DnsMessage, negativeTtlSeconds } from './message'

const MAXIMUM_ENTRIES = 1000
/** A wrong answer should not stay for a day because it says so. */
const MAXIMUM_TTL_SECONDS = 3600

/** Answers by what was asked, for as long as they say; questions under way are asked once. */
export type AnswerCache = {
  get(key: string, name: string, fetch: () => Promise<DnsMessage>): Promise<DnsMessage>
}

/** An empty cache. */
export function createAnswerCache(now: () => number): AnswerCache {
  const entries = new Map<string, { message: DnsMessage; untilMs: number }>()
  const underWay = new Map<string, Promise<DnsMessage>>()
  return {
    get(key, name, fetch) {
      const known = entries.get(key)
      if (known && known.untilMs > now()) return Promise.resolve(known.message)
      const asked = underWay.get(key)
      if (asked) return asked
      const work = fetch()
        .then(message => {
          const ttl = Math.min(ttlSeconds(message, name), MAXIMUM_TTL_SECONDS)
          entries.delete(key)
          if (ttl > 0) entries.set(key, { message, untilMs: now() + ttl * 1000 })
          const oldest = entries.keys().next()
          if (entries.size > MAXIMUM_ENTRIES && !oldest.done) entries.delete(oldest.value)
          return message
        })
        .finally(() => underWay.delete(key))
      underWay.set(key, work)
      return work
    },
  }
}

function ttlSeconds(message: DnsMessage, name: string): number {
  if (message.rcode !== 0 && message.rcode !== 3) return 0
  if (message.answers.length === 0) return negativeTtlSeconds(message, name)
  return Math.min(...message.answers.map(record => record.ttlSeconds))
}
