import type { ImportPreview } from '../../../../../shared/features/contacts/import'
import type { BookId, ContactId } from '../../../../../shared/features/contacts/model'
import { SiegelError } from '../../../../../shared/kit/result'
import { newUid } from '../../../kit/objects/new-uid'
import type { CardFormat, ContactFile, FileContact } from '../../../ports/contacts/card-format'
import type { CardRow } from '../../../ports/contacts/contact-store'
import { limits } from '../../../ports/limits'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'
import { type ChangeContext, noteUndo, requireWritable } from './context'

const mostNamed = 1000
const namesShown = 20
const batch = 100
const mostHeld = 5

type Mapping = Parameters<CardFormat['readFile']>[1]
type ImportContext = ChangeContext & Needs<'files'>

/** Contacts from files and into files. */
export function contactFileUseCases(
  context: ImportContext,
): Pick<
  UseCases,
  | 'contacts.previewImport'
  | 'contacts.import'
  | 'contacts.holdFile'
  | 'contacts.previewFile'
  | 'contacts.importFile'
  | 'contacts.export'
> {
  const { store, cards, files } = context
  const read = async (path: string, mapping: Mapping): Promise<ContactFile> => {
    const bytes = await files.read(path, limits.cardFileBytes)
    try {
      return cards.readFile(bytes, mapping)
    } catch (error) {
      throw error instanceof SiegelError && error.code === 'contacts-unreadable'
        ? new SiegelError('contacts-unreadable', { path }, { cause: error })
        : error
    }
  }
  const preview = async (path: string, mapping: Mapping): Promise<ImportPreview> => {
    const { format, contacts, columns, problems } = await read(path, mapping)
    const first = contacts.slice(0, namesShown).map(each => cards.nameOf(rawOf(context, each)))
    return {
      format,
      contacts: contacts.length,
      columns: [...columns],
      problems: problems.slice(0, mostNamed),
      first,
    }
  }
  const importFrom = async (path: string, bookId: BookId, mapping: Mapping) => {
    requireWritable(context, bookId)
    const { contacts, problems } = await read(path, mapping)
    const importing = new Importing(context, bookId)
    for (let from = 0; from < contacts.length; from += batch) {
      importing.take(contacts.slice(from, from + batch))
      await new Promise(resolve => setImmediate(resolve))
    }
    return { ...importing.finish(), problems: problems.slice(0, mostNamed), problemCount: problems.length }
  }
  /** Files that the person chose in the window, by their numbers: the page never learns where they lie, and names no others. */
  const held = new Map<number, string>()
  let lastHeld = 0
  const pathOf = (file: number): string => {
    const path = held.get(file)
    if (path === undefined) throw new SiegelError('file-unreadable', { file: String(file) })
    return path
  }
  return {
    'contacts.previewImport': ({ path, mapping }) => preview(path, mapping),
    'contacts.import': ({ path, bookId, mapping }) => importFrom(path, bookId, mapping),
    'contacts.holdFile': ({ path }) => {
      lastHeld += 1
      held.set(lastHeld, path)
      held.delete(lastHeld - mostHeld)
      return { file: lastHeld }
    },
    'contacts.previewFile': ({ file, mapping }) => preview(pathOf(file), mapping),
    'contacts.importFile': ({ file, bookId, mapping }) => importFrom(pathOf(file), bookId, mapping),
    'contacts.export': async ({ bookId, path }) => {
      const ids = store.contacts.cardsOf(bookId)
      if (!store.contacts.books().some(({ id }) => id === bookId))
        throw new SiegelError('not-found', { what: 'address book' })
      const end = Buffer.from('\r\n')
      const raws = ids
        .flatMap(id => store.contacts.card(id)?.raw ?? [])
        .flatMap(raw => ([10, 13].includes(raw.at(-1) ?? 0) ? [raw] : [raw, end]))
      await files.create(path, Buffer.concat(raws))
      return { exported: ids.length }
    },
  }
}

function rawOf(context: ImportContext, contact: FileContact): Uint8Array {
  if ('raw' in contact) return contact.raw
  const made = context.cards.make(newUid(context), contact.fields, contact.isGroup)
  if (!contact.isGroup) return made
  return context.cards.editMembers(
    made,
    contact.members.map(address => ({ uid: '', address })),
  )
}

/** One import: what is here already is told by its UID, or by saying the very same. All of it is taken back at once. */
class Importing {
  readonly #context: ImportContext
  readonly #bookId: BookId
  readonly #byUid = new Map<string, ContactId>()
  /** What the cards that are here say; made when a contact without a UID comes. */
  #contents: Set<string> | null = null
  readonly #before = new Map<ContactId, CardRow>()
  readonly #came: ContactId[] = []
  #unchanged = 0
  #conflicts = 0

  constructor(context: ImportContext, bookId: BookId) {
    this.#context = context
    this.#bookId = bookId
    for (const id of context.store.contacts.cardsOf(bookId)) {
      const card = context.store.contacts.card(id)
      if (card === null) continue
      const { uidKey } = context.cards.facts(card.raw)
      if (uidKey !== '') this.#byUid.set(uidKey, id)
    }
  }

  take(contacts: readonly FileContact[]): void {
    this.#context.store.transaction(() => {
      for (const contact of contacts) this.#takeOne(rawOf(this.#context, contact), 'raw' in contact)
    })
  }

  #takeOne(raw: Uint8Array, isCard: boolean): void {
    const { store, cards } = this.#context
    const { uidKey } = cards.facts(raw)
    const known = isCard ? this.#byUid.get(uidKey) : undefined
    const here = known === undefined ? null : store.contacts.card(known)
    if (here !== null) {
      this.#mergeInto(here, raw)
      return
    }
    // A row of a table has no UID, and a card need not have one.
    const isNameless = !isCard || uidKey === ''
    const contentKey = isNameless ? cards.contentKey(raw) : ''
    if (isNameless && this.#known().has(contentKey)) {
      this.#unchanged += 1
      return
    }
    const id = store.contacts.add({ bookId: this.#bookId, raw })
    this.#came.push(id)
    if (isNameless) this.#known().add(contentKey)
    if (isCard && uidKey !== '') this.#byUid.set(uidKey, id)
  }

  #known(): Set<string> {
    const { store, cards } = this.#context
    this.#contents ??= new Set(
      store.contacts
        .cardsOf(this.#bookId)
        .map(id => store.contacts.card(id))
        .flatMap(card => (card === null ? [] : [cards.contentKey(card.raw)])),
    )
    return this.#contents
  }

  #mergeInto(here: CardRow, raw: Uint8Array): void {
    const { store, cards } = this.#context
    // Most that is here already is here byte for byte.
    if (Buffer.from(raw).equals(here.raw)) {
      this.#unchanged += 1
      return
    }
    const merged = cards.merge(here.raw, raw, null)
    this.#conflicts += merged.conflicts.length
    if (Buffer.from(merged.raw).equals(here.raw)) {
      this.#unchanged += 1
      return
    }
    if (!this.#came.includes(here.id) && !this.#before.has(here.id)) this.#before.set(here.id, here)
    store.contacts.replace(here.id, merged.raw)
  }

  finish() {
    const [added, merged] = [this.#came.length, this.#before.size]
    const undoId =
      added + merged === 0
        ? null
        : this.#context.store.transaction(() =>
            noteUndo(this.#context, [...this.#before.values()], this.#came),
          )
    return { added, merged, unchanged: this.#unchanged, conflicts: this.#conflicts, undoId }
  }
}
