import type { DraftProtection } from '../../../../../shared/features/writing/protection'
import { asBuffer } from '../../../formats/as-buffer'
import { rawValue, readFields } from '../../../formats/mime/header/header-fields'
import { findBody } from '../../../formats/mime/header/split-header'

const name = 'Autocrypt-Draft-State'

/**
 * What the writer chose for a draft, inside its encrypted copy, as other clients write it (Autocrypt-Draft-State);
 * `_sign` is Siegel's own. It is there also when nothing was chosen: then nobody can put one outside in its place.
 */
export function draftStateField({ encrypt, sign }: DraftProtection): string {
  const attributes = [
    `encrypt=${encrypt === 'on' ? 'yes' : 'no'}`,
    ...(encrypt === 'auto' ? [] : ['_by-choice=yes']),
    ...(sign === 'on' && encrypt === 'off' ? ['_sign-only=yes'] : []),
    ...(sign === 'auto' ? [] : [`_sign=${sign === 'on' ? 'yes' : 'no'}`]),
  ]
  return `${name}: ${attributes.join('; ')}`
}

/** What an uploaded draft says was chosen; `auto` where it says nothing. Never throws. */
export function readDraftState(raw: Uint8Array): DraftProtection {
  const bytes = asBuffer(raw)
  const lineEnd = bytes.includes(0x0a) ? 0x0a : 0x0d
  const fields = readFields(bytes, 0, findBody(bytes, 0, bytes.length, lineEnd), lineEnd)
  const said = new Map(
    rawValue(fields, name.toLowerCase())
      .split(';')
      .map(each => {
        const [key = '', value = ''] = each.trim().split('=', 2)
        return [key.toLowerCase(), value.toLowerCase()] as const
      }),
  )
  const encrypts = said.get('encrypt') === 'yes'
  const sign = said.get('_sign')
  return {
    encrypt: said.get('_by-choice') === 'yes' ? (encrypts ? 'on' : 'off') : 'auto',
    sign: sign === 'yes' || said.get('_sign-only') === 'yes' ? 'on' : sign === 'no' ? 'off' : 'auto',
  }
}
