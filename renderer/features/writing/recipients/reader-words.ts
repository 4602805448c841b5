import type { TFunction } from 'i18next'
import type { MessageReader, Readability } from '../../../../shared/features/writing/readability'

type Words = TFunction<'compose'>

/** Domains named in the line; the others are in the details. */
const mostNamed = 3

/** The one line: who can read this message, and how it travels. Null while nobody is addressed. */
export function readersLine(t: Words, locale: string, explained: Readability): string | null {
  const { readers, onTheWay } = explained
  if (onTheWay === null) return null
  const opened = readers.filter(({ reads, isSure }) => reads === 'everything' && isSure)
  const providers = opened
    .filter(({ who }) => who === 'own-provider' || who === 'provider')
    .flatMap(({ names }) => names)
  const more = providers.length - mostNamed
  const names = [
    t('readers.line.you'),
    ...providers.slice(0, mostNamed),
    ...(more > 0 ? [t('readers.line.more', { count: more })] : []),
    t('readers.line.recipients'),
  ]
  const list = new Intl.ListFormat(locale, { type: 'conjunction' }).format(names)
  return `${t('readers.line.who', { list })} ${t(`readers.way.${onTheWay}`)}`
}

/** What one of them gets to read. */
export function readsWords(t: Words, { reads, isSure }: MessageReader): string {
  if (reads === 'nothing') return t('readers.reads.nothing')
  return t(`readers.reads.${reads}${isSure ? '' : '-perhaps'}`)
}

/** Who that is, without names. */
export const whoWords = (t: Words, { who, level }: MessageReader): string =>
  who === 'network' ? t(`readers.network.${level ?? 'unknown'}`) : t(`readers.who.${who}`)
