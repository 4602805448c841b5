/**
 * Beginnings of month names, January first, as programs write them that take the language of their machine for that of the
 * protocol: English, German, French, Spanish, Italian, Dutch, Portuguese, Swedish, Danish, Polish, Turkish. Letters
 * without their marks.
 */
const beginnings: readonly string[] = [
  'jan jän gen ene sty oca',
  'feb fev lut sub',
  'mar mrz mär maa mrt',
  'apr avr abr kwi nis',
  'may mai mag mei maj',
  'jun juin giu cze haz',
  'jul juil lug lip tem',
  'aug aou ago sie agu',
  'sep set wrz eyl',
  'oct okt out ott paz eki',
  'nov lis kas',
  'dec dez dic des gru ara',
]

const withoutMarks = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

const byBeginning = new Map(
  beginnings.flatMap((names, month) => names.split(' ').map(name => [withoutMarks(name), month] as const)),
)

/** Month of a name, 0 to 11, or -1. Abbreviated and full names count, with or without their marks. */
export function monthOf(name: string | undefined): number {
  const plain = withoutMarks(name ?? '')
  // June and July in French begin with the same three letters.
  return byBeginning.get(plain.slice(0, 4)) ?? byBeginning.get(plain.slice(0, 3)) ?? -1
}
