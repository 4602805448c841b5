import type { CallInput, CallOutput } from '../../shared/ipc/contract'
import type { Result } from '../../shared/ipc/result'
import { commonHeaders, mailBodyPolicy, refusal } from './content-policy'
import { parseBodyAddress } from './message-address'

export type ReadHtml = (input: CallInput<'messages.html'>) => Promise<Result<CallOutput<'messages.html'>>>

/**
 * Makes every click open a "window", which main denies and asks the user about. In its own frame the page's
 * policy would stop the navigation before main hears of it, and the click would do nothing at all.
 */
const withLinksToMain = (html: string): string =>
  `<!doctype html><base target="_blank">${html.replace(/^<!doctype html>/i, '')}`

/** Serves the sanitised body of one message. The policy comes with the bytes, so no page can leave it off. */
export const createMailBodyProtocol =
  (readHtml: ReadHtml) =>
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
    return new Response(withLinksToMain(result.value.html), { headers })
  }
