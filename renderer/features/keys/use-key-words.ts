import { useTranslation } from 'react-i18next'
import type { Fingerprint, KeyEvidence, KeyFacts, KeySource } from '../../../shared/features/keys/model'
import { useFormat } from '../../i18n/use-format'

/** A fingerprint in groups of four, as people read it aloud. */
export const fingerprintGroups = (fingerprint: Fingerprint): string =>
  (fingerprint.toUpperCase().match(/.{1,4}/g) ?? []).join(' ')

const millisecondsOfDay = 86_400_000

/** The first moment a key stops serving: the whole key, or the part that encrypts. */
export const endOf = ({ expiresAtMs, encryptionExpiresAtMs }: KeyFacts): number | null => {
  const ends = [expiresAtMs, encryptionExpiresAtMs].filter(end => end !== null)
  return ends.length === 0 ? null : Math.min(...ends)
}

export const daysUntil = (ms: number): number => Math.max(0, Math.ceil((ms - Date.now()) / millisecondsOfDay))

/** Words about keys in the language shown. */
export function useKeyWords() {
  const { t } = useTranslation('openpgp')
  const format = useFormat()
  const day = (ms: number) => new Date(ms).toLocaleDateString(format.locale, { dateStyle: 'medium' })
  return {
    day,
    expiry: (facts: KeyFacts): string => {
      const end = endOf(facts)
      if (end === null) return t('own.noExpiry')
      return t(end <= Date.now() ? 'own.expired' : 'own.expires', { date: day(end) })
    },
    problems: (facts: KeyFacts): string | null =>
      facts.problems.length === 0 ? null : facts.problems.map(each => t(`problem.${each}`)).join(', '),
    source: (source: KeySource, detail = ''): string => t(`source.${source}`, { detail }).replace(' ()', ''),
    /** Every source once, with how often it said the same. */
    evidence: (evidence: readonly KeyEvidence[]): string => {
      const counted = new Map<string, number>()
      for (const { source, detail } of evidence) {
        const words = t(`source.${source}`, { detail }).replace(' ()', '')
        counted.set(words, (counted.get(words) ?? 0) + 1)
      }
      return [...counted].map(([words, count]) => (count === 1 ? words : `${words} (${count}×)`)).join(', ')
    },
  }
}
