import { type CallGuards, type GuardParts, mustConfirm } from './guard'

const PERIOD_MS = 10 * 60_000
/** Domains that may be looked up in that time without a word: an answer to a long list of people stays below. */
const FREE_DOMAINS = 300
/** Addresses that keys may be looked for in that time: a person who writes does not come near. */
const FREE_ADDRESSES = 40

/**
 * A name that is looked up is told to whoever answers for it, so a hostile page could speak by names. It may ask for as
 * many as a person who writes would, then main asks.
 */
export function lookupGuards({
  confirm,
  callEngine,
  now,
}: GuardParts & Readonly<{ now: () => number }>): Pick<CallGuards, 'keys.find' | 'transport.levels'> {
  const bound = (free: number) => {
    const seen = new Map<string, number>()
    return async (wanted: readonly string[]): Promise<void> => {
      for (const [name, atMs] of seen) if (atMs <= now() - PERIOD_MS) seen.delete(name)
      const added = [...new Set(wanted)].filter(name => !seen.has(name))
      if (added.length === 0) return
      if (seen.size + added.length > free) {
        await mustConfirm(confirm, { kind: 'look-ups', reasons: ['often'], lines: added })
        seen.clear()
      }
      for (const name of added) seen.set(name, now())
    }
  }
  const domains = bound(FREE_DOMAINS)
  const addresses = bound(FREE_ADDRESSES)
  const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1).toLowerCase()

  return {
    async 'keys.find'(input) {
      await addresses([input.address.toLowerCase()])
      return callEngine('keys.find', input)
    },
    async 'transport.levels'(input) {
      await domains(input.addresses.map(domainOf))
      return callEngine('transport.levels', input)
    },
  }
}
