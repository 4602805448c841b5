/** Qualified names in Clark's notation, `{namespace}name`, which is how elements are compared here. */
const inNamespace = (namespace: string) => (name: string) => `{${namespace}}${name}`

/** RFC 4918. */
export const dav = inNamespace('DAV:')
/** RFC 4791. */
export const caldav = inNamespace('urn:ietf:params:xml:ns:caldav')
/** RFC 6352. */
export const carddav = inNamespace('urn:ietf:params:xml:ns:carddav')
/** The ctag, which never became an RFC (caldav-ctag-03). */
export const calendarServer = inNamespace('http://calendarserver.org/ns/')
/** Colours of calendars. */
export const appleIcal = inNamespace('http://apple.com/ns/ical/')
