import { useTranslation } from 'react-i18next'
import type { Draft } from '../../../shared/features/writing/model'
import { Button } from '../../ui/actions/button'
import { Banner } from '../../ui/feedback/banner'
import { agreedTo, peopleNamed, withoutThem } from './protection/unprotected-people'
import type { Writing } from './use-draft'

/** Addresses named in a line; the others are counted, and stand in the fields below. */
const mostNamed = 3

/** What the writer has to know of this draft, above its fields, and what can be done about it. */
export function ComposerNotices({
  draft,
  writing,
  undecided,
  theirs,
  onForgetTheirs,
  onChange,
}: Readonly<{
  draft: Draft
  writing: Writing
  /** Of the plan: people whom only unprotected fields of the answered message name. */
  undecided: readonly string[]
  /** Saved meanwhile by another window. */
  theirs: Draft | null
  onForgetTheirs: () => void
  onChange: (part: Partial<Writing>) => void
}>) {
  const { t } = useTranslation('compose')
  const people = peopleNamed(writing, undecided)
  const named = people.slice(0, mostNamed).map(({ address }) => address)
  const more = people.length - named.length
  const replyTo = writing.replyTo ?? []
  return (
    <>
      {theirs === null ? null : (
        <Banner
          tone="notice"
          actions={
            <>
              <Button
                variant="plain"
                onPress={() => {
                  onChange({ text: `${writing.text}\n\n${theirs.content.text}`, html: null })
                  onForgetTheirs()
                }}
              >
                {t('conflict.append')}
              </Button>
              <Button variant="plain" onPress={onForgetTheirs}>
                {t('conflict.keep')}
              </Button>
            </>
          }
        >
          {t('conflict.text')}
        </Banner>
      )}
      {people.length === 0 ? null : (
        <Banner
          tone="warning"
          title={t('unprotected.title')}
          actions={
            <>
              <Button
                variant="plain"
                onPress={() => onChange(withoutThem(writing, undecided, draft.unprotected?.instead ?? []))}
              >
                {t('unprotected.leaveOut')}
              </Button>
              <Button variant="plain" onPress={() => onChange(agreedTo(writing, undecided))}>
                {t('unprotected.keep')}
              </Button>
            </>
          }
        >
          {t('unprotected.text', {
            count: people.length,
            addresses:
              more > 0 ? `${named.join(', ')} ${t('unprotected.more', { count: more })}` : named.join(', '),
          })}
        </Banner>
      )}
      {draft.quoteIsCut ? <Banner tone="notice">{t('quoteIsCut')}</Banner> : null}
      {draft.leftOut.length === 0 ? null : (
        <Banner tone="notice">{t('leftOut', { fields: draft.leftOut.join(', ') })}</Banner>
      )}
      {replyTo.length === 0 ? null : (
        <Banner
          tone="notice"
          actions={
            <Button variant="plain" onPress={() => onChange({ replyTo: [] })}>
              {t('replyTo.remove')}
            </Button>
          }
        >
          {t('replyTo.text', { addresses: replyTo.map(({ address }) => address).join(', ') })}
        </Banner>
      )}
    </>
  )
}
