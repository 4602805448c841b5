import './passphrase-fields.css'
import { useTranslation } from 'react-i18next'
import { passphraseStrength } from './passphrase-strength'
import { TextField } from './text-field'

export type NewPassphrase = Readonly<{ passphrase: string; again: string }>

export const isUsable = ({ passphrase, again }: NewPassphrase): boolean =>
  passphrase === again && !['empty', 'too-short'].includes(passphraseStrength(passphrase))

/** A new passphrase, twice, with words on how well it guards. */
export function PassphraseFields({
  value,
  onChange,
  autoFocus = false,
}: Readonly<{ value: NewPassphrase; onChange: (value: NewPassphrase) => void; autoFocus?: boolean }>) {
  const { t } = useTranslation('onboarding')
  const strength = passphraseStrength(value.passphrase)
  const differs = value.again !== '' && !value.passphrase.startsWith(value.again)
  return (
    <div className="passphrase">
      <TextField
        label={t('passphrase.label')}
        type="password"
        autoComplete="off"
        maxLength={1000}
        autoFocus={autoFocus}
        value={value.passphrase}
        onChange={passphrase => onChange({ ...value, passphrase })}
        description={
          <span className="passphrase-strength" data-strength={strength} aria-live="polite">
            <span className="passphrase-marks" aria-hidden>
              <span />
              <span />
              <span />
            </span>
            {t(`passphrase.strength.${strength}`)}
          </span>
        }
      />
      <TextField
        label={t('passphrase.again')}
        type="password"
        autoComplete="off"
        maxLength={1000}
        value={value.again}
        onChange={again => onChange({ ...value, again })}
        error={differs ? t('passphrase.differs') : null}
      />
    </div>
  )
}
