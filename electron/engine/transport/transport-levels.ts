import { domainToASCII } from 'node:url'
import type {
  AddressTransport,
  TransportLevel,
  TransportLevelName,
  TransportReason,
} from '../../../shared/features/network/transport'
import type { AccountId } from '../../../shared/kit/ids'
import { SiegelError } from '../../../shared/kit/result'
import type { Clock, Log } from '../ports/basics'
import type { DnsAsker, DnsLookups, TransportStore } from '../ports/net/transport'
import { type Assessment, assessDomain } from './assess-domain'
import type { FetchPolicy } from './fetch-policy'

/** How long a caller waits; what is not known by then comes with the next question. */
const PATIENCE_MS = 6_000
/** How long the looking up itself may take. */
const LOOKUP_TIMEOUT_MS = 25_000
/** Domains looked up side by side. */
const SIDE_BY_SIDE = 4
const SHORTEST_MS = 60_000
const LONGEST_MS = 86_400_000

const rank: Readonly<Record<TransportLevelName, number>> = { dane: 3, enforced: 2, unknown: 1, none: 0 }

export type TransportLevelsDeps = Readonly<{
  dns: DnsLookups
  /** Whether anybody can be asked for this account. */
  canAsk: (asker: DnsAsker) => boolean
  fetchPolicy: FetchPolicy
  store: TransportStore
  /** False: nothing is ever asked. */
  lookupsOn: () => boolean
  isOffline: () => boolean
  clock: Clock
  log: Log
  patienceMs?: number
}>

/** Levels of recipients, remembered and locked. */
export type TransportLevels = {
  /** One level an address, in the same order. Never rejects and never waits longer than a few seconds. */
  levels(addresses: readonly string[], accountId: AccountId | null): Promise<AddressTransport[]>
  /** The levels as they were last seen, however long ago, without asking anybody. */
  known(addresses: readonly string[]): AddressTransport[]
  /** The user takes the level as it is now: the better one seen before is given up. Throws `not-found`. */
  accept(domain: string): TransportLevel
  /** The way to who is asked is open again: what could not be told is not remembered as that, and whoever shows it is told. */
  wayOpened(): void
}

/**
 * The four levels for recipients' domains. A better level seen once is a lock: what is worse later says so (`dropped`),
 * also when it only could not be told, until the user accepts it. Only domains are asked for, never an address.
 */
export function createTransportLevels(deps: TransportLevelsDeps): TransportLevels {
  const { store, clock, log, patienceMs = PATIENCE_MS } = deps
  const underWay = new Map<string, Promise<TransportLevel>>()
  const slots = createSlots(SIDE_BY_SIDE)
  /** Domains whose last look-up reached nobody. */
  const unreached = new Set<string>()

  const lookUp = async (domain: string, accountId: AccountId | null): Promise<TransportLevel> => {
    const controller = new AbortController()
    const timer = setTimeout(() => controller.abort(), LOOKUP_TIMEOUT_MS)
    timer.unref()
    try {
      const nowMs = clock.now()
      const known = store.domain(domain)
      const asker = { accountId, signal: controller.signal }
      const assessed = await assessDomain(
        { dns: deps.dns, fetchPolicy: deps.fetchPolicy, nowMs },
        domain,
        known?.policy ?? null,
        asker,
      )
      // Switched off meanwhile: then what was found is not kept either.
      if (!deps.lookupsOn()) return withoutLooking(domain, 'lookups-off')
      return remember(domain, assessed)
    } finally {
      clearTimeout(timer)
    }
  }

  const remember = (domain: string, assessed: Assessment): TransportLevel => {
    const nowMs = clock.now()
    const known = store.domain(domain)
    // The lowest: of a domain never seen nothing can fall.
    const before = known?.locked ?? 'none'
    const isTold = assessed.level !== 'unknown' || assessed.ttlSeconds > 0
    const isBetter = isTold && rank[assessed.level] > rank[before]
    const isDropped = rank[assessed.level] < rank[before]
    const holdsMs = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, assessed.ttlSeconds * 1000))
    const level: TransportLevel = {
      domain,
      level: assessed.level,
      dropped: isDropped,
      previous: isDropped ? before : null,
      reasons: [...new Set(assessed.reasons)].slice(0, 20),
      evidence: assessed.evidence.slice(0, 200),
      hosts: assessed.hosts.slice(0, 20),
      checkedAtMs: nowMs,
      expiresAtMs: nowMs + holdsMs,
    }
    if (level.reasons.includes('lookup-failed')) unreached.add(domain)
    else unreached.delete(domain)
    store.saveDomain({
      domain,
      locked: isBetter ? assessed.level : before,
      last: level,
      policy: assessed.policy,
    })
    if (isDropped) log.warn('transport: worse than seen before', { before, now: assessed.level })
    return level
  }

  /** What can be said without a packet: that it is not known, and what was seen before. */
  const withoutLooking = (domain: string, reason: TransportReason): TransportLevel => {
    const nowMs = clock.now()
    const locked = store.domain(domain)?.locked ?? 'none'
    const wasBetter = rank[locked] > rank.unknown
    return {
      domain,
      level: 'unknown',
      // The user's own switch takes nothing away that somebody else could have taken away.
      dropped: wasBetter && reason !== 'lookups-off',
      previous: wasBetter ? locked : null,
      reasons: [reason],
      evidence: [],
      checkedAtMs: nowMs,
      expiresAtMs: nowMs,
    }
  }

  const levelOf = (domain: string, accountId: AccountId | null): Promise<TransportLevel> => {
    if (!deps.lookupsOn()) return Promise.resolve(withoutLooking(domain, 'lookups-off'))
    const last = store.domain(domain)?.last
    const nowMs = clock.now()
    // A clock that was set back must not keep an answer for ever.
    if (last && last.expiresAtMs > nowMs && last.checkedAtMs <= nowMs) return Promise.resolve(last)
    if (deps.isOffline()) return Promise.resolve(withoutLooking(domain, 'offline'))
    if (!deps.canAsk({ accountId })) return Promise.resolve(withoutLooking(domain, 'no-resolver'))
    const key = `${accountId ?? ''} ${domain}`
    const asked = underWay.get(key)
    if (asked) return asked
    const work = slots(() => lookUp(domain, accountId))
      .catch((error: unknown) => {
        log.error('transport: look-up failed unexpectedly', { detail: String(error).slice(0, 300) })
        return withoutLooking(domain, 'lookup-failed')
      })
      .finally(() => underWay.delete(key))
    underWay.set(key, work)
    return work
  }

  return {
    async levels(addresses, accountId) {
      const controller = new AbortController()
      const patience = clock.sleep(patienceMs, controller.signal).catch(() => undefined)
      try {
        return await Promise.all(
          addresses.map(async address => {
            const domain = domainOf(address)
            if (domain === null)
              return { ...withoutLooking('', 'bad-address'), address: address.slice(0, 320) }
            const level = await Promise.race([levelOf(domain, accountId), patience])
            return { ...(level ?? withoutLooking(domain, 'timeout')), address: address.slice(0, 320) }
          }),
        )
      } finally {
        controller.abort()
      }
    },
    known: addresses =>
      addresses.map(address => {
        const domain = domainOf(address)
        const last = domain !== null && deps.lookupsOn() ? store.domain(domain)?.last : null
        const why = domain === null ? 'bad-address' : deps.lookupsOn() ? 'timeout' : 'lookups-off'
        const level = last ?? withoutLooking(domain ?? '', why)
        return { ...level, address: address.slice(0, 320) }
      }),
    accept(domain) {
      const known = store.domain(domain)
      if (!known?.last) throw new SiegelError('not-found', { what: 'domain' })
      const last: TransportLevel = { ...known.last, dropped: false, previous: null }
      store.saveDomain({ ...known, locked: last.level, last })
      return last
    },
    wayOpened() {
      for (const domain of unreached) {
        const known = store.domain(domain)
        if (known?.last) store.saveDomain({ ...known, last: { ...known.last, expiresAtMs: clock.now() } })
      }
      unreached.clear()
    },
  }
}

/** The domain of an address in its ASCII form; null for what has none that mail could go to. */
export function domainOf(address: string): string | null {
  const typed = address
    .slice(address.lastIndexOf('@') + 1)
    .trim()
    .toLowerCase()
  // `domainToASCII` would take these for the end of the name and cut the rest off.
  if (!address.includes('@') || /[\s/\\?#@%[\]:]/.test(typed)) return null
  const domain = domainToASCII(typed.replace(/\.$/, ''))
  return /^([a-z0-9_-]{1,63}\.)+[a-z0-9-]{1,63}$/.test(domain) &&
    domain.length <= 253 &&
    !/\.[\d]+$/.test(domain)
    ? domain
    : null
}

/** Runs at most `count` pieces of work at a time. */
function createSlots(count: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = count
  const waiting: (() => void)[] = []
  return async work => {
    if (free > 0) free -= 1
    else await new Promise<void>(resolve => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free += 1
    }
  }
}
