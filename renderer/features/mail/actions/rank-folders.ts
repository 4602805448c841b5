import type { MailboxSummary } from '../../../../shared/model/mail'

export type NamedFolder = Readonly<{ mailbox: MailboxSummary; name: string }>

/** Lower case without accents, so that "entwurfe" finds "Entwürfe". */
const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase()

/** Folders whose name or path holds every word typed; names that begin with the text come first. */
export function rankFolders(
  folders: readonly NamedFolder[],
  text: string,
  locale: string,
): readonly NamedFolder[] {
  const words = fold(text).split(/\s+/).filter(Boolean)
  const { compare } = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' })
  const rank = ({ name }: NamedFolder): number => {
    const folded = fold(name)
    const first = words[0] ?? ''
    if (folded.startsWith(first)) return 0
    return folded.includes(first) ? 1 : 2
  }
  return folders
    .filter(({ mailbox, name }) => words.every(word => fold(`${mailbox.path} ${name}`).includes(word)))
    .toSorted((a, b) => rank(a) - rank(b) || compare(a.name, b.name))
}
