import { decodeHTML } from 'entities/decode'

/**
 * Decodes character references in text as browsers do (HTML standard §13.2.5.72 to 13.2.5.80): every name there is, the old
 * ones also without their semicolon, and numbers. What is none stays as it is.
 */
export function decodeEntities(text: string): string {
  return text.includes('&') ? decodeHTML(text) : text
}
