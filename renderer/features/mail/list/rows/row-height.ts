import type { Preferences } from '../../../../../shared/kit/status'

/** Height of a row in CSS pixels; two lines, in the relaxed density three. The list is drawn by these numbers. */
export const rowHeightPx: Readonly<Record<Preferences['density'], number>> = {
  compact: 44,
  normal: 54,
  relaxed: 84,
}
