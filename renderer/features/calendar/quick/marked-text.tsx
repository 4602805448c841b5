import type { QuickToken } from '../../../../shared/features/calendar/quick/scan'

/** A line taken apart where something of it was understood; what was not is the title. */
export function pieces(
  text: string,
  tokens: readonly QuickToken[],
): readonly Readonly<{ text: string; kind: QuickToken['kind'] | null }>[] {
  const all: { text: string; kind: QuickToken['kind'] | null }[] = []
  let from = 0
  const put = (to: number, kind: QuickToken['kind'] | null) => {
    if (to > from) all.push({ text: text.slice(from, to), kind })
    from = Math.max(from, to)
  }
  for (const token of tokens.toSorted((one, other) => one.from - other.from)) {
    // Spaces at the ends of a piece belong to nothing.
    const said = text.slice(token.from, token.to)
    put(token.from + said.length - said.trimStart().length, null)
    put(token.from + said.trimEnd().length, token.kind)
  }
  put(text.length, null)
  return all
}

/** Lies under the field with the same letters in the same places, so that its lines stand below the words that were understood. */
export function MarkedText({
  text,
  tokens,
  scrolledPx,
}: Readonly<{ text: string; tokens: readonly QuickToken[]; scrolledPx: number }>) {
  return (
    <div className="quick-marks" aria-hidden="true">
      <div style={{ translate: `${String(-scrolledPx)}px` }}>
        {pieces(text, tokens).map(({ text: piece, kind }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place.
          <span key={at} {...(kind === null ? {} : { className: 'quick-mark', 'data-kind': kind })}>
            {piece}
          </span>
        ))}
      </div>
    </div>
  )
}
