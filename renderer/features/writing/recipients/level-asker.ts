import type { TransportLevel } from '../../../../shared/features/network/transport'
import type { AccountId } from '../../../../shared/kit/ids'
import type { Host } from '../../../host/host'

/** What is known, by domain. */
export type Levels = ReadonlyMap<string, TransportLevel>

/** Long enough that several recipients pasted or picked in a row are one question. */
const gatherMs = 400

export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase()

/** Reasons that end with a setting: the switch for working offline, the one for look-ups, the choice of servers. */
const bySettings: readonly TransportLevel['reasons'][number][] = ['offline', 'lookups-off', 'no-resolver']

/**
 * An answer given before the look-up ended, one of a time when nobody could be reached, or a warning that the user may
 * have taken back: another may come.
 */
const isPassing = ({ reasons, dropped }: TransportLevel) =>
  dropped || reasons.includes('timeout') || reasons.includes('lookup-failed')

/** Asks for the level of each domain of one draft: once, unless the answer came before its time. Blocks nothing. */
export class LevelAsker {
  readonly #host: Host
  readonly #onLevels: (levels: Levels) => void
  readonly #asked = new Set<string>()
  readonly #waiting = new Map<string, string>()
  readonly #stop: () => void
  #levels: Levels = new Map()
  #accountId: AccountId | null = null
  #timer: ReturnType<typeof setTimeout> | null = null
  #closed = false

  constructor(host: Host, onLevels: (levels: Levels) => void) {
    this.#host = host
    this.#onLevels = onLevels
    this.#stop = host.on('changed', ({ entity, ids }) => {
      if (entity === 'settings')
        for (const [domain, { reasons }] of this.#levels)
          if (reasons.some(reason => bySettings.includes(reason))) this.#want(domain, `postmaster@${domain}`)
      if (entity !== 'transport') return
      for (const [domain, level] of this.#levels)
        if (isPassing(level) && (ids === null || ids.includes(domain)))
          this.#want(domain, `postmaster@${domain}`)
    })
  }

  /** These are the recipients now. */
  want(addresses: readonly string[], accountId: AccountId | null): void {
    this.#accountId = accountId
    for (const address of addresses) {
      const domain = domainOf(address)
      if (this.#asked.has(domain)) continue
      this.#asked.add(domain)
      this.#want(domain, address)
    }
  }

  /** Asks at once for those that were not asked for yet, and answers when all are there. */
  async askNow(addresses: readonly string[], accountId: AccountId | null): Promise<Levels> {
    this.want(addresses, accountId)
    if (this.#timer !== null) clearTimeout(this.#timer)
    await this.#ask()
    return this.#levels
  }

  close(): void {
    this.#closed = true
    this.#stop()
    if (this.#timer !== null) clearTimeout(this.#timer)
  }

  #want(domain: string, address: string): void {
    this.#waiting.set(domain, address)
    this.#timer ??= setTimeout(() => void this.#ask(), gatherMs)
  }

  async #ask(): Promise<void> {
    this.#timer = null
    const addresses = [...this.#waiting.values()]
    if (addresses.length === 0) return
    this.#waiting.clear()
    const result = await this.#host.call('transport.levels', { addresses, accountId: this.#accountId })
    // A failure leaves the recipients without a mark; it is nothing to stop writing for.
    if (this.#closed || !result.ok) return
    this.#levels = new Map([...this.#levels, ...result.value.map(level => [level.domain, level] as const)])
    this.#onLevels(this.#levels)
  }
}
