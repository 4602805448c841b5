import { cleanLine, cut } from '../../mime/text/clean-text'

const mostCharacters = 1000

/** One line as it is shown. */
export const shownLine = (text: string): string => cleanLine(text, mostCharacters)

const unwanted =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes.
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\u{e0000}-\u{e007f}]/gu

/** Several lines as they are shown. */
export const shownText = (text: string, most: number): string =>
  cut(
    text
      .slice(0, most * 2)
      .replace(/\r\n?/g, '\n')
      .replace(unwanted, '')
      .toWellFormed(),
    most,
  )
