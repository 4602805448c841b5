import { createHash } from 'node:crypto'
import type { ObjectRefusal, RefusedObject } from '../../../../../shared/kit/collection-step'
import { SiegelError } from '../../../../../shared/kit/result'
import { outsideCalendar, outsideCard, readOutside } from '../../../formats/encrypted-collections/outside'
import { asLatin1 } from '../../../formats/icalendar/calendar-objects'
import { factsOf } from '../../../formats/icalendar/event/object-facts'
import { hasGuests } from '../../../formats/icalendar/merge/merge-objects'
import type { ObjectCodec } from '../../../ports/dav/codec'
import type { CollectionPlace, EncryptedRow } from '../../../ports/dav/encrypted-collections'
import { type Context, randomName, signerOf } from './context'

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64')

/** Sees that an object carries something, where nothing is known of the collection. */
export class Watch implements ObjectCodec {
  readonly #keyPath: string
  hasSeen = false

  constructor(keyPath: string) {
    this.#keyPath = keyPath
  }

  /** The keys are asked for by whoever watches. */
  isHidden(path: string): boolean {
    this.hasSeen ||= path === this.#keyPath
    return path === this.#keyPath
  }

  async outside(_path: string, bytes: Uint8Array): Promise<Uint8Array> {
    return bytes
  }

  async inside(_path: string, bytes: Uint8Array): Promise<Uint8Array> {
    if (readOutside(bytes) === null) return bytes
    this.hasSeen = true
    throw new SiegelError('protocol-violation', { detail: 'encrypted' })
  }
}

type Options = Readonly<{
  place: CollectionPlace
  keyPath: string
  /** Paths that are about to go. */
  going: () => ReadonlySet<string>
}>

/** Seals what leaves and opens what comes, and believes only what is newer than what was seen. */
export class CollectionCodec implements ObjectCodec {
  readonly #context: Context
  #row: EncryptedRow
  readonly #options: Options
  readonly #refused = new Map<string, ObjectRefusal>()
  readonly #judged = new Set<string>()

  constructor(context: Context, row: EncryptedRow, options: Options) {
    this.#context = context
    this.#row = row
    this.#options = options
    // What was refused before stays so until it is looked at again: a pass does not ask for all of it each time.
    for (const { href, refusal } of row.refused) this.#refused.set(href, refusal)
  }

  /** Other keys, from now on. */
  take(row: EncryptedRow): void {
    this.#row = row
  }

  get row(): EncryptedRow {
    return this.#row
  }

  /** Refused in an earlier pass, and not looked at in this one. */
  get unjudged(): string[] {
    return [...this.#refused.keys()].filter(path => !this.#judged.has(path))
  }

  hasRefused(path: string): boolean {
    return this.#refused.has(path)
  }

  /** It lies there no more. */
  forget(path: string): void {
    this.#refused.delete(path)
  }

  get refused(): RefusedObject[] {
    return [...this.#refused].map(([href, refusal]) => ({ href, refusal }))
  }

  isHidden(path: string): boolean {
    return path === this.#options.keyPath || this.#options.going().has(path)
  }

  /** Whether an object is to be sealed: not where the server would then tell its guests that it is off. */
  isWantedSealed(bytes: Uint8Array): boolean {
    return this.#row.facts.phase !== 'decrypting' && !this.staysClear(bytes)
  }

  staysClear(bytes: Uint8Array): boolean {
    return this.#row.schedules && this.#options.place.kind === 'calendar' && invites(bytes)
  }

  isSealed(path: string): boolean {
    return this.#context.kept.seenAt(this.#row, path) !== null
  }

  async outside(path: string, bytes: Uint8Array, isNew: boolean): Promise<Uint8Array> {
    const { kept, vault, clock } = this.#context
    const { facts } = this.#row
    const seen = kept.seenAt(this.#row, path)
    // What lies there keeps its form, also for a server that lets no UID change; replacing one form by the other has a way of its own.
    if (isNew ? !this.isWantedSealed(bytes) : seen === null) return bytes
    const uid = seen?.uid ?? randomName(this.#context)
    const { envelope } = await vault.sealObject({
      ...{ collection: facts.collection, uid, revision: (seen?.revision ?? 0) + 1, content: bytes },
      ...{ signWith: await signerOf(this.#context, facts), nowMs: clock.now() },
    })
    const inside = { uid, property: 'object', content: envelope } as const
    if (this.#options.place.kind === 'contacts') return outsideCard(inside)
    return outsideCalendar(inside, { component: componentOf(bytes), busyOf: facts.showsBusy ? bytes : null })
  }

  async inside(path: string, bytes: Uint8Array): Promise<Uint8Array> {
    const { kept, vault, clock } = this.#context
    const row = this.#row
    const carried = readOutside(bytes)
    if (carried === null) {
      if (this.#options.going().has(path)) return bytes
      // In its place lay one that was sealed: no member goes back by the same address.
      if (this.isSealed(path)) return this.#refuse(path, 'clear')
      if (row.facts.phase !== 'encrypted' || this.staysClear(bytes)) return this.#believe(path, bytes)
      return this.#refuse(path, 'clear')
    }
    const { uid, content: envelope } = carried
    if (carried.property === 'keys' || uid === '') return this.#refuse(path, 'malformed')
    const { collection } = row.facts
    const opened = await vault.openObject({ collection, uid, envelope, nowMs: clock.now() })
    if (opened.kind === 'refused') return this.#refuse(path, opened.refusal)
    const { revision, generation } = opened
    const digest = digestOf(envelope)
    const seen = kept.seen(row, uid)
    const other = kept.seenAt(row, path)
    if (seen !== null) {
      const isOlder = revision < seen.revision
      // Two of one number, from a server that lets two write at once: everybody takes the same one of them.
      const isLesser = revision === seen.revision && digest < seen.digest
      if (isOlder || isLesser) return this.#refuse(path, 'rolled-back')
      if (seen.isGone && revision === seen.revision) return this.#refuse(path, 'brought-back')
      if (!seen.isGone && seen.path !== path) return this.#refuse(path, 'elsewhere')
    }
    if (other !== null && other.uid !== uid) return this.#refuse(path, 'elsewhere')
    if (digest !== seen?.digest || seen.path !== path)
      kept.remember(row, { uid, path, revision, generation, digest })
    return this.#believe(path, opened.content)
  }

  #believe(path: string, bytes: Uint8Array): Uint8Array {
    this.#refused.delete(path)
    this.#judged.add(path)
    return bytes
  }

  #refuse(path: string, refusal: ObjectRefusal): never {
    this.#refused.set(path, refusal)
    this.#judged.add(path)
    throw new SiegelError('protocol-violation', { detail: refusal })
  }
}

function invites(bytes: Uint8Array): boolean {
  try {
    return hasGuests(asLatin1(bytes))
  } catch {
    return false
  }
}

/** Lists of to-dos take no events. */
function componentOf(bytes: Uint8Array): 'VEVENT' | 'VTODO' | 'VJOURNAL' {
  const { kind } = factsOf(bytes)
  return kind === 'VTODO' || kind === 'VJOURNAL' ? kind : 'VEVENT'
}
