/** Counts what a message wanted to fetch. Nothing is fetched; the numbers are shown to the reader. */
export type RemoteCounter = { blocked: number; trackers: number }

/** True for a reference that a browser would fetch from somewhere: http, https, ftp, and `//host`. */
export function isRemote(reference: string): boolean {
  // Browsers skip control characters and white space in front of and inside a scheme.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes.
  const compact = reference.slice(0, 200).replace(/[\u0000-\u0020]+/g, '')
  return /^(https?:|ftp:|wss?:|[\\/]{2})/i.test(compact)
}

/** Counts the remote references in a srcset-like list. */
export function countSrcset(value: string): number {
  let count = 0
  for (const candidate of value.slice(0, 20_000).split(',')) if (isRemote(candidate)) count++
  return count
}

/** Hosts that serve open-tracking images of the large senders; suffix match. Public knowledge, kept short. */
const trackerHosts = [
  'list-manage.com',
  'sendgrid.net',
  'mailchimp.com',
  'mandrillapp.com',
  'hubspotemail.net',
  'hsforms.com',
  'exacttarget.com',
  'exct.net',
  'sparkpostmail.com',
  'mailgun.org',
  'mailgun.net',
  'awstrack.me',
  'google-analytics.com',
  'doubleclick.net',
  'facebook.com',
  'klaviyomail.com',
  'constantcontact.com',
  'rs6.net',
  'createsend.com',
  'cmail19.com',
  'cmail20.com',
  'emltrk.com',
  'litmus.com',
  'mailtrack.io',
  'getnotify.com',
  'yesware.com',
  'superhuman.com',
  'mixmax.com',
  'bananatag.com',
  'streak.com',
  'mailfoogae.appspot.com',
  'customeriomail.com',
  'customer.io',
  'intercom-mail.com',
  'pardot.com',
  'mktoresp.com',
  'marketo.com',
  'eloqua.com',
  'responsys.net',
  'cheetahmail.com',
  'inxmail.com',
  'inxserver.de',
  'emarsys.net',
  'episerver.net',
  'optivo.de',
  'cleverreach.com',
  'mailjet.com',
  'sendinblue.com',
  'brevo.com',
  'rapidmail.de',
  'newsletter2go.com',
  'tinyletter.com',
  'substack.com',
  'beehiiv.com',
  'convertkit-mail.com',
  'braze.com',
  'iterable.com',
  'returnpath.net',
  'dynamicyield.com',
] as const

const trackerPath =
  /\/(open|opens|o|wf\/open|track\/open|trk\/open|e\/o|imp|beacon|pixel|px|spacer|blank|clear|1x1)(\.(gif|png|php|aspx|jpg))?([/?]|$)/i

/** Whether a remote image looks like it only reports that the message was opened. */
export function isTracker(source: string, looks: { tiny: boolean; hidden: boolean }): boolean {
  if (looks.tiny || looks.hidden) return true
  const url = URL.parse(source.startsWith('//') ? `https:${source}` : source.trim())
  if (!url) return false
  const host = url.hostname
  return (
    trackerHosts.some(known => host === known || host.endsWith(`.${known}`)) || trackerPath.test(url.pathname)
  )
}
