import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatMessage, Conversation } from '../../../shared/features/chat/model'
import { useFormat } from '../../i18n/use-format'
import { tameName, tameText } from './text/tame'

/** The protection that is usual in a conversation: what differs from it is said at the message. */
export const differsFromRule = (
  message: ChatMessage,
  mode: Conversation['mode'],
): 'unlocked' | 'locked' | 'untrusted' | 'rejected' | null => {
  if (message.undecryptable !== null || message.retracted !== null) return null
  if (message.encryption === 'none') return mode === 'encrypted' ? 'unlocked' : null
  if (message.trust === 'rejected') return 'rejected'
  if (message.trust === 'undecided') return 'untrusted'
  return mode === 'clear' ? 'locked' : null
}

/** Words for what stands in a conversation and in the list of them. */
export function useChatWords() {
  const { t, i18n } = useTranslation('chat')
  const { locale } = useFormat()
  return useMemo(() => {
    const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' })
    const day = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' })
    const dayOfYear = new Intl.DateTimeFormat(locale, { dateStyle: 'full' })
    const near = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
    const names = new Intl.ListFormat(locale, { style: 'short', type: 'conjunction' })
    const startOf = (ms: number) => new Date(ms).setHours(0, 0, 0, 0)
    return {
      language: i18n.language,
      time: (ms: number) => time.format(ms),
      day: (ms: number): string => {
        const ago = Math.round((startOf(Date.now()) - startOf(ms)) / 86_400_000)
        if (ago === 0 || ago === 1) return near.format(-ago, 'day')
        return (new Date(ms).getFullYear() === new Date().getFullYear() ? day : dayOfYear).format(ms)
      },
      names: (all: readonly string[]) => names.format(all.map(tameName)),
      nameOf: (conversation: Pick<Conversation, 'name' | 'address'>): string =>
        tameName(conversation.name) || tameName(conversation.address),
      /** One line that stands for the newest message. */
      preview: ({ last, kind }: Conversation): string => {
        if (last === null) return t('preview.empty')
        const text = last.isRetracted
          ? t('preview.retracted')
          : last.undecryptable !== null
            ? t('preview.undecryptable')
            : last.isSpoiler
              ? t('preview.spoiler')
              : tameText(last.text).replaceAll(/\s+/g, ' ').slice(0, 300) ||
                (last.hasFile ? t('preview.file') : '')
        if (last.author.isOwn) return t('preview.by', { name: t('you'), text })
        return kind === 'room' ? t('preview.by', { name: tameName(last.author.name), text }) : text
      },
      mode: ({ mode, trust }: Pick<Conversation, 'mode' | 'trust'>): string => {
        if (mode === 'clear') return t('mode.clear')
        return trust === 'verified' || trust === 'unverified' || trust === 'undecided'
          ? t(`mode.${trust}`)
          : t('mode.encrypted')
      },
    }
  }, [t, locale, i18n.language])
}
