/**
 * Where the open counters of well-known mailers stand: host (and below) with the beginning of the path. A host alone says
 * nothing, as the same one serves honest pictures and links; a path alone says nothing either. Public knowledge, from the
 * markup that these services put into mail.
 */
const counters: readonly (readonly [host: string, path: RegExp])[] = [
  ['sendgrid.net', /^\/wf\/open\b/],
  ['list-manage.com', /^\/track\/open\.php$/],
  ['mandrillapp.com', /^\/track\/open\.php$/],
  ['awstrack.me', /^\/I0\//],
  ['hubspotemail.net', /^\/(?:e[123]t|e\d\w*)\/o\//],
  ['klaviyomail.com', /^\/o\//],
  ['exct.net', /^\/open\.aspx$/],
  ['exacttarget.com', /^\/open\.aspx$/],
  ['rs6.net', /^\/on\.jsp$/],
  ['createsend.com', /^\/t\/[\w-]*-o-/],
  ['cmail19.com', /^\/t\/[\w-]*-o-/],
  ['cmail20.com', /^\/t\/[\w-]*-o-/],
  ['google-analytics.com', /^\/(?:j\/|r\/|g\/)?(?:collect|__utm\.gif)$/],
  ['facebook.com', /^\/tr\/?$/],
  ['doubleclick.net', /^\/(?:ddm\/(?:trackimp|ad|activity)|activity|pixel)\b/],
  ['emltrk.com', /^\//],
  ['mailtrack.io', /^\/trace\//],
  ['yesware.com', /^\/t\//],
  ['mixmax.com', /^\/api\/track\//],
  ['mailfoogae.appspot.com', /^\/t\b/],
  ['customeriomail.com', /^\/e\/o\//],
  ['customer.io', /^\/e\/o\//],
  ['pstmrk.it', /^\/open\b/],
  ['getnotify.com', /^\/ng?\.asp/],
  ['bananatag.com', /^\/o\b/],
]

/** Whether an address is that of an open counter of a well-known mailer. */
export function isKnownCounter(address: string): boolean {
  const url = URL.parse(address.startsWith('//') ? `https:${address}` : address.trim())
  if (!url) return false
  const { hostname, pathname } = url
  return counters.some(
    ([host, path]) => (hostname === host || hostname.endsWith(`.${host}`)) && path.test(pathname),
  )
}
