import { ownText } from '../editor/own-text'

/**
 * Words that promise an attachment. Whole words only, and forms that mostly mean one: "attached", not "attach
 * importance"; "anbei", "im Anhang", not "anhängig".
 */
const promises = [
  /\battached\b(?!\s+(?:importance|great|to\s+(?:each|one)))/iu,
  /\b(?:see|find|open)\s+(?:the\s+|my\s+|our\s+)?attach(?:ment|ments|ed)\b/iu,
  /\b(?:in|with)\s+the\s+attachments?\b/iu,
  /\b(?:i|we)\s+(?:attach(?!\s+(?:great|no|much|any|importance|value|weight))|enclose)\b/iu,
  /\benclosed\b/iu,
  /(?<!\p{L})anbei(?!\p{L})/iu,
  /(?<!\p{L})(?:im|als|siehe)\s+an(?:hang|lage)(?!\p{L})/iu,
  /(?<!\p{L})angehängt(?:e|en|er|es)?(?!\p{L})/iu,
  /(?<!\p{L})beigefügt(?:e|en|er|es)?(?!\p{L})/iu,
  /(?<!\p{L})hänge\s.{0,60}\san(?!\p{L})/iu,
]

/** Whether the writer's own words, in German or English, speak of an attachment. */
export function speaksOfAttachment(subject: string, text: string): boolean {
  const own = `${subject.replace(/^(?:(?:re|aw|fwd?|wg):\s*)+.*$/i, '')}\n${ownText(text)}`
  return promises.some(promise => promise.test(own))
}
