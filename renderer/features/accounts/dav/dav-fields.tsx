import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../ui/actions/button'
import { TextField } from '../../../ui/fields/text-field'
import { davServiceIn } from './use-dav-setup'

export type DavFormFields = Readonly<{ url: string; userName: string; caPem: string }>

/** Address, user name, and the authority that only few servers need. */
export function DavFields({
  fields,
  isDisabled = false,
  onChange,
}: Readonly<{
  fields: DavFormFields
  isDisabled?: boolean
  onChange: (change: Partial<DavFormFields>) => void
}>) {
  const { t } = useTranslation('accounts')
  const [hasAuthority, setHasAuthority] = useState(fields.caPem !== '')
  const isBad = fields.url.trim() !== '' && davServiceIn({ ...fields, userName: 'x' }) === null
  return (
    <>
      <TextField
        label={t('dav.url')}
        value={fields.url}
        onChange={url => onChange({ url })}
        maxLength={2000}
        spellCheck="false"
        isDisabled={isDisabled}
        error={isBad ? t('dav.urlBad') : null}
      />
      <TextField
        label={t('fields.userName')}
        description={t('fields.userNameHint')}
        value={fields.userName}
        onChange={userName => onChange({ userName })}
        maxLength={320}
        spellCheck="false"
        isDisabled={isDisabled}
      />
      {hasAuthority ? (
        <TextField
          label={t('dav.authority')}
          description={t('dav.authorityHint')}
          rows={4}
          value={fields.caPem}
          onChange={caPem => onChange({ caPem })}
          maxLength={200_000}
          spellCheck="false"
          isDisabled={isDisabled}
        />
      ) : (
        <div className="account-links">
          <Button variant="plain" onPress={() => setHasAuthority(true)}>
            {t('dav.ownAuthority')}
          </Button>
        </div>
      )}
    </>
  )
}
