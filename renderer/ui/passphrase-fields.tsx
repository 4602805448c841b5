import './passphrase-fields.css'
import { useTranslation } from 'react-i18next'
import { leastCharacters, passphraseStrength } from './passphrase-strength'
import { TextField } from './text-field'

export type NewPassphrase = Readonly<{ passphrase: string; again: string }>

export const isUsable = ({ passphrase, again }: NewPassphrase, atLeast?: number): boolean =>
  passphrase === again && !['empty', 'too-short'].includes(passphraseStrength(passphrase, atLeast))

/** A new passphrase, twice, with words on how well it guards; `atLeast` characters long. */
export function PassphraseFields({
  value,
  onChange,
  autoFocus = false,
  atLeast = leastCharacters,
}: Readonly<{
  value: NewPassphrase
  onChange: (value: NewPassphrase) => void
  autoFocus?: boolean
  atLeast?: number
}>) {
  const { t } = useTranslation('onboarding')
  const strength = passphraseStrength(value.passphrase, atLeast)
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
            {t(`passphrase.strength.${strength}`, { atLeast })}
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
