import type { CallInput } from '../../shared/ipc/contract'
import type { Result } from '../../shared/kit/result'
import { commonHeaders, mailBodyPolicy, refusal } from './content-policy'
import type { GivenContent } from './given-content'
import { parseBodyAddress } from './message-address'

/** The sanitised HTML in UTF-8; ours to wipe. */
export type ReadHtml = (input: CallInput<'messages.html'>) => Promise<Result<Buffer>>

/**
 * Makes every click open a "window", which main denies and asks the user about. In its own frame the page's
 * policy would stop the navigation before main hears of it, and the click would do nothing at all.
 */
const head = Buffer.from('<!doctype html><base target="_blank">')
const doctype = '<!doctype html>'

const withLinksToMain = (html: Buffer): Uint8Array => {
  const start = html.toString('latin1', 0, doctype.length).toLowerCase() === doctype ? doctype.length : 0
  const whole = new Uint8Array(head.byteLength + html.byteLength - start)
  whole.set(head)
  whole.set(html.subarray(start), head.byteLength)
  html.fill(0)
  return whole
}

/** Serves the sanitised body of one message. The policy comes with the bytes, so no page can leave it off. */
export const createMailBodyProtocol =
  (readHtml: ReadHtml, given: GivenContent) =>
  async (request: Request): Promise<Response> => {
    if (request.method !== 'GET') return refusal(405)
    const place = parseBodyAddress(request.url)
    if (place === null) return refusal(404)
    const result = await readHtml(place)
    if (!result.ok) return refusal(result.error.code === 'not-found' ? 404 : 503)
    const headers = {
      ...commonHeaders,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': mailBodyPolicy,
    }
    return new Response(given.bodyOf(request.url, withLinksToMain(result.value)), { headers })
  }
