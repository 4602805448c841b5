import { htmlFromText } from './rich-content'

const block = (signature: string): string => `-- \n${signature.trim()}`

type Body = Readonly<{ text: string; html: string | null }>

/** Puts `after` in the place of the first `before`; without a `before` everything stays. */
const replaced = (body: string, before: string, after: string): string => {
  const at = body.indexOf(before)
  return at === -1 ? body : body.slice(0, at) + after + body.slice(at + before.length)
}

/**
 * The body when another account is to send it: the signature of the account before must not go out under the other name.
 * A signature that was changed by hand is the writer's own text and stays.
 */
export const swapSignature = ({ text, html }: Body, before: string, after: string): Body => {
  // Nothing but the body: whatever else the caller holds is not for this to hand back.
  if (before.trim() === '') return { text, html }
  const hasNext = after.trim() !== ''
  return {
    text: replaced(text, block(before), hasNext ? block(after) : ''),
    html:
      html === null
        ? null
        : replaced(html, htmlFromText(block(before)), hasNext ? htmlFromText(block(after)) : ''),
  }
}
