import { SiegelError } from '../../../../../shared/kit/result'
import { ns } from '../../../formats/chat/namespaces'
import { attributeOf, childOf, type Element } from '../../../ports/chat/element'
import { serialize } from '../../../ports/chat/serialize'

/** So often a stanza is tried that cannot be taken in; after that it stands in nobody's way. */
const mostTries = 3
/** Of so many that is remembered. */
const mostKnown = 200

/** What fails because of the stanza, and would again: a mistake of this program, or what the vault does not take. The rest passes (disk, lock, line). */
const isItsFault = (error: unknown): boolean =>
  !(error instanceof SiegelError) || ['internal', 'bad-request', 'vault-damaged'].includes(error.code)

/** The same message on another stream, or in another page of an archive. */
const nameOf = (stanza: Element): string =>
  attributeOf(childOf(stanza, 'result', ns.mam), 'id') ??
  attributeOf(childOf(stanza, 'stanza-id', ns.sid), 'id') ??
  attributeOf(stanza, 'id') ??
  serialize(stanza)

/**
 * Stanzas that could not be taken in. Each ends its stream and comes again on the next one, which helps where the fault passes; one that is at fault itself
 * would keep the account from ever coming online.
 */
export class PoisonStanzas {
  readonly #tries = new Map<string, number>()

  /** Whether it was tried often enough. */
  isPoison(stanza: Element): boolean {
    return (this.#tries.get(nameOf(stanza)) ?? 0) >= mostTries
  }

  note(stanza: Element, error: unknown): void {
    if (!isItsFault(error)) return
    const name = nameOf(stanza)
    this.#tries.set(name, (this.#tries.get(name) ?? 0) + 1)
    for (const oldest of this.#tries.keys()) {
      if (this.#tries.size <= mostKnown) break
      this.#tries.delete(oldest)
    }
  }
}
