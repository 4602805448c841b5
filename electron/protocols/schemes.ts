/** Our own schemes. Everything Chromium may load comes over one of these three. */
export const schemes = {
  /** The page: files of the program. */
  app: 'app',
  /** One sanitised HTML body: `mail-body://message/<id>`, of a message in it `mail-body://message/<id>/<partId>`. */
  mailBody: 'mail-body',
  /** One inline image, `attachment://message/<id>/<partId>` (longer in a message in a message), or a remote one that was loaded, `attachment://remote/<id>/<n>`. */
  attachment: 'attachment',
} as const

/**
 * The page's origins: it changes between the two at every lock. Another origin is another site, which Chromium gives a
 * process of its own, and the old one ends with all that its page knew.
 */
export const pageOrigins = [`${schemes.app}://siegel`, `${schemes.app}://siegel-again`] as const
export type PageOrigin = (typeof pageOrigins)[number]

/** Where the page stands after a lock that happened at `origin`. */
export const nextPageOrigin = (origin: PageOrigin): PageOrigin =>
  origin === pageOrigins[0] ? pageOrigins[1] : pageOrigins[0]

/** The page's address at one of its origins. */
export const pageUrlAt = (origin: PageOrigin): string => `${origin}/index.html`

/** Whether a window may show this address. */
export const isPageUrl = (url: string): boolean => pageOrigins.some(origin => url === pageUrlAt(origin))

/** Standard, so that each has an origin; secure, so that the page may frame a body; nothing else is granted. */
export const privilegedSchemes = Object.values(schemes).map(scheme => ({
  scheme,
  privileges: { standard: true, secure: true, bypassCSP: false, supportFetchAPI: false, corsEnabled: false },
}))
