import { readFile, realpath } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'
import { commonHeaders, pagePolicy, refusal } from './content-policy'
import { pageOrigins } from './schemes'

/** What the page is made of; anything else is not served, whatever lies in the folder. */
const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.map': 'application/json',
}

/** The file a page address means, or null: below `root` after links are resolved, and of a known type. */
const fileFor = async (root: string, url: URL): Promise<string | null> => {
  if (!pageOrigins.some(origin => origin === `${url.protocol}//${url.host}`)) return null
  let path: string
  try {
    path = decodeURIComponent(url.pathname)
  } catch {
    return null
  }
  if (path.includes('\0') || !(extname(path) in contentTypes)) return null
  try {
    const [realRoot, real] = await Promise.all([realpath(root), realpath(join(root, path))])
    return real.startsWith(realRoot + sep) ? real : null
  } catch {
    return null
  }
}

/** Serves the built page from `root` with its policy. */
export const createAppProtocol =
  (root: string) =>
  async (request: Request): Promise<Response> => {
    if (request.method !== 'GET') return refusal(405)
    const file = await fileFor(root, new URL(request.url))
    if (file === null) return refusal(404)
    const headers = {
      ...commonHeaders,
      'content-type': contentTypes[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': pagePolicy,
      'cross-origin-opener-policy': 'same-origin',
    }
    return new Response(new Uint8Array(await readFile(file)), { headers })
  }
