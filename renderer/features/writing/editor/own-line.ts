/** A text with something on a line of its own, where the caret was. */
export function withOwnLine(text: string, at: number, line: string): string {
  const [before, after] = [text.slice(0, at), text.slice(at)]
  const start = before === '' || before.endsWith('\n') ? '' : '\n'
  return `${before}${start}${line}${after.startsWith('\n') ? '' : '\n'}${after}`
}
