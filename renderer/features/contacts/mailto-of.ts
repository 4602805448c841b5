import type { Address } from '../../../shared/features/mail/model'

/** A mailto: address to these people, with their names. */
export const mailtoOf = (people: readonly Address[]): string =>
  `mailto:${people
    .map(({ name, address }) =>
      encodeURIComponent(name === '' ? address : `"${name.replace(/["\\]/g, '')}" <${address}>`),
    )
    .join(',')}`
