import { schemes } from './schemes'

const policy = (directives: Readonly<Record<string, string>>): string =>
  Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`.trim())
    .join('; ')

/** The page's policy, the same in development and release. Frames are mail bodies only; nothing can connect. */
export const pagePolicy = policy({
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  // data: the drag image and pictures pasted into a draft.
  'img-src': `'self' ${schemes.attachment}: data:`,
  // data: recordings in chat, fetched and decrypted by the engine.
  'media-src': 'data:',
  'font-src': "'self'",
  'frame-src': `${schemes.mailBody}:`,
  'connect-src': "'none'",
  'object-src': "'none'",
  'worker-src': "'none'",
  'manifest-src': "'none'",
  'form-action': "'none'",
  'base-uri': "'none'",
  'frame-ancestors': "'none'",
})

/**
 * The second wall around a hostile body: an opaque origin without scripts, forms or same-origin rights, and
 * images only from the message itself. Popups are "allowed" so that a click reaches main, which opens none and
 * asks the user instead.
 */
export const mailBodyPolicy = policy({
  sandbox: 'allow-popups',
  'default-src': "'none'",
  'style-src': "'unsafe-inline'",
  'img-src': `data: ${schemes.attachment}:`,
  'form-action': "'none'",
  'base-uri': "'none'",
  'frame-ancestors': `${schemes.app}:`,
})

/** An image, and should it ever be shown as a page, a page that can do nothing. */
export const attachmentPolicy = policy({ sandbox: '', 'default-src': "'none'" })

/** On every answer of ours: no guessing of types, no address of ours to anybody, nothing kept on disk. */
export const commonHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
} as const

/** An empty refusal. */
export const refusal = (status: 403 | 404 | 405 | 503): Response =>
  new Response(null, { status, headers: commonHeaders })
