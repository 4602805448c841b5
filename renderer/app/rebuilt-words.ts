import type { TFunction } from 'i18next'

/** What a new store may have taken over from a damaged one, in the order in which it is told. */
const carried = ['accounts', 'keys', 'localMessages', 'drafts', 'outbox', 'events', 'contacts'] as const

/** What became of a damaged store: where it was kept, and what was carried over. */
export function rebuiltWords(
  params: Readonly<Record<string, unknown>>,
  t: TFunction<'app'>,
  locale: string,
): string {
  const things = carried.flatMap(name => {
    const count = Number(params[name] ?? 0)
    return count > 0 ? [t(`notice.carried.${name}`, { count })] : []
  })
  const file = String(params['setAside'] ?? '')
  return things.length === 0
    ? t('notice.storeRebuiltEmpty', { file })
    : t('notice.storeRebuilt', { file, things: new Intl.ListFormat(locale).format(things) })
}
