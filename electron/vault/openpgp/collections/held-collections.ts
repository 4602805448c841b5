import type { CollectionFacts } from '../../../../shared/ipc/vault/collection-calls'
import { SiegelError } from '../../../../shared/kit/result'

type HeldCollection = Readonly<{ facts: CollectionFacts; secrets: ReadonlyMap<number, Uint8Array> }>

/** Collections that one profile may have at a time. */
const mostCollections = 500

/** The secrets of encrypted collections while the profile is unlocked. */
export class HeldCollections {
  readonly #held = new Map<string, HeldCollection>()

  hold(facts: CollectionFacts, secrets: ReadonlyMap<number, Uint8Array>): void {
    if (!this.#held.has(facts.collection) && this.#held.size >= mostCollections)
      throw new SiegelError('too-large', { what: 'calendar', limit: mostCollections })
    // What is answered changes hands on its way out; what is held is a copy.
    const members = facts.members.map(member => ({ ...member, key: new Uint8Array(member.key) }))
    this.#held.set(facts.collection, { facts: { ...facts, members }, secrets })
  }

  /** Throws `no-key`. */
  get(collection: string): HeldCollection {
    const found = this.#held.get(collection)
    if (!found) throw new SiegelError('no-key', { keyIds: '' })
    return found
  }

  secretsOf(collection: string): ReadonlyMap<number, Uint8Array> {
    return this.#held.get(collection)?.secrets ?? new Map()
  }

  drop(): void {
    for (const { secrets } of this.#held.values()) for (const secret of secrets.values()) secret.fill(0)
    this.#held.clear()
  }
}
