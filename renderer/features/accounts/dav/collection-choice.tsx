import { useTranslation } from 'react-i18next'
import { Switch } from '../../../ui/actions/switch'
import { Banner } from '../../../ui/feedback/banner'
import type { DavReport } from './use-dav-setup'

type Collection = DavReport['collections'][number]

/** Whose a collection is, from the end of the owner's address. */
const ownerOf = (owner: string): string => {
  const last = new URL(owner).pathname.split('/').filter(Boolean).at(-1) ?? owner
  try {
    return decodeURIComponent(last)
  } catch {
    return last
  }
}

/** What is at a server, each to be taken or left. */
export function CollectionChoice({
  collections,
  leftOut,
  onChange,
}: Readonly<{
  collections: readonly Collection[]
  leftOut: ReadonlySet<string>
  onChange: (leftOut: ReadonlySet<string>) => void
}>) {
  const { t } = useTranslation('accounts')
  if (collections.length === 0) return <Banner tone="notice">{t('dav.nothingThere')}</Banner>
  return (['calendar', 'contacts'] as const).map(kind => {
    const ofKind = collections.filter(each => each.kind === kind)
    return ofKind.length === 0 ? null : (
      <fieldset key={kind} className="account-collections">
        <legend className="account-legend">{t(`dav.kind.${kind}`)}</legend>
        {ofKind.map(each => (
          <Switch
            key={each.url}
            label={each.name}
            description={[
              ...(each.owner === null ? [] : [t('dav.owner', { owner: ownerOf(each.owner) })]),
              ...(each.isReadOnly ? [t('dav.readOnly')] : []),
            ].join(' · ')}
            isSelected={!leftOut.has(each.url)}
            onChange={isWanted => {
              const next = new Set(leftOut)
              if (isWanted) next.delete(each.url)
              else next.add(each.url)
              onChange(next)
            }}
          />
        ))}
      </fieldset>
    )
  })
}
