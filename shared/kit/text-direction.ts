const firstLetter = /\p{L}/u
const fromTheRight =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Samaritan}\p{Script=Mandaic}\p{Script=Adlam}\p{Script=Hanifi_Rohingya}]/u

/** The direction of a paragraph by its first letter (UAX #9, P2), null where it has none. */
export const directionOf = (text: string): 'ltr' | 'rtl' | null => {
  const letter = firstLetter.exec(text)?.[0]
  return letter === undefined ? null : fromTheRight.test(letter) ? 'rtl' : 'ltr'
}

/** Whether any of it is read from the right, wherever it begins. */
export const hasRightToLeft = (text: string): boolean => fromTheRight.test(text)

/** The direction of each line by its paragraph, which ends at an empty line: a line may begin with a foreign word. */
export const directionsOf = (lines: readonly string[]): readonly ('ltr' | 'rtl')[] => {
  const directions: ('ltr' | 'rtl')[] = []
  for (const [at, line] of lines.entries()) {
    const goesOn = at > 0 && line.trim() !== '' && lines[at - 1]?.trim() !== ''
    const end = lines.findIndex((other, place) => place >= at && other.trim() === '')
    directions.push(
      goesOn
        ? (directions[at - 1] ?? 'ltr')
        : (directionOf(lines.slice(at, end < 0 ? undefined : Math.max(end, at + 1)).join('\n')) ?? 'ltr'),
    )
  }
  return directions
}
