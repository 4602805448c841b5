import type { TFunction } from 'i18next'
import type { TransportLevel } from '../../../../shared/features/network/transport'

/** What a level means for the one who writes, in a sentence. A reason that says more than the level comes first. */
export function levelWords(t: TFunction<'compose'>, { level, reasons }: TransportLevel): string {
  if (reasons.includes('no-such-domain')) return t('level.noDomain')
  if (reasons.includes('no-mail-here')) return t('level.noMail')
  if (reasons.includes('dnssec-bogus')) return t('level.bogus')
  return t(`level.${level}`)
}

/** What the line above the send button says: domains that were better protected before. */
export const droppedLevels = (levels: readonly TransportLevel[]): readonly TransportLevel[] =>
  levels.filter(({ dropped, previous }) => dropped && previous !== null)
