import { withoutControls } from '../../../ui/fields/text-direction'

/** Marks on one letter beyond this draw over what stands around it, and say nothing. */
const mostMarks = 6
const heaped = new RegExp(`(\\p{M}{${mostMarks}})\\p{M}+`, 'gu')
/** Letters without width that no script needs: they make two names look the same. */
const unseen = /\u00ad|\u034f|\u115f|\u1160|\u17b4|\u17b5|\u180e|\u200b|[\u2060-\u2064]|\u3164|\ufeff|\uffa0/g

/** What somebody else wrote, without characters that turn round or draw over what stands beside it. */
export const tameText = (text: string): string => withoutControls(text).replace(heaped, '$1')

/** A name or a line of a list: on one line, and without letters that cannot be seen. */
export const tameName = (text: string): string =>
  tameText(text)
    .replaceAll(unseen, '')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
