/** Our own schemes. Everything Chromium may load comes over one of these three. */
export const schemes = {
  /** The page: files of the program. */
  app: 'app',
  /** One sanitised HTML body: `mail-body://message/<id>`, of a message in it `mail-body://message/<id>/<partId>`. */
  mailBody: 'mail-body',
  /** One inline image, `attachment://message/<id>/<partId>` (longer in a message in a message), or a remote one that was loaded, `attachment://remote/<id>/<n>`. */
  attachment: 'attachment',
} as const

/** The page's origin and address. */
export const pageOrigin = `${schemes.app}://siegel`
export const pageUrl = `${pageOrigin}/index.html`

/** Standard, so that each has an origin; secure, so that the page may frame a body; nothing else is granted. */
export const privilegedSchemes = Object.values(schemes).map(scheme => ({
  scheme,
  privileges: { standard: true, secure: true, bypassCSP: false, supportFetchAPI: false, corsEnabled: false },
}))
