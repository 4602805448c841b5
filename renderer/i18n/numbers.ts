const sizes = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** A size for people, in steps of 1000: "312 byte", "4.2 MB". */
export function byteSize(bytes: number, locale: string): string {
  const power = Math.min(sizes.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** power
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: sizes[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power === 0 || value >= 100 ? 0 : 1,
  }).format(value)
}

export const wholeNumber = (value: number, locale: string): string =>
  new Intl.NumberFormat(locale).format(value)

/** A share of one as per cent, "150%". */
export const percent = (share: number, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'percent' }).format(share)
