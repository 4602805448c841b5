import type { MailboxSummary } from '../../../../shared/model/mail'
import { foldText, holdsFolded, spelledOut } from '../../../../shared/util/fold-text'

export type NamedFolder = Readonly<{ mailbox: MailboxSummary; name: string }>

/** Folders whose name or path holds every word typed; names that begin with the text come first. */
export function rankFolders(
  folders: readonly NamedFolder[],
  text: string,
  locale: string,
): readonly NamedFolder[] {
  const words = foldText(text).split(/\s+/).filter(Boolean)
  const { compare } = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' })
  const rank = ({ name }: NamedFolder): number => {
    const first = words[0] ?? ''
    if (foldText(name).startsWith(first) || spelledOut(name)?.startsWith(first) === true) return 0
    return holdsFolded(name, first) ? 1 : 2
  }
  return folders
    .filter(({ mailbox, name }) => words.every(word => holdsFolded(`${mailbox.path} ${name}`, word)))
    .toSorted((a, b) => rank(a) - rank(b) || compare(a.name, b.name))
}
