import { type HtmlVector, htmlVectors } from '../../fixtures/mail/html-vectors'

/** Where hostile mail wants its reader to look. Nobody answers there, and nobody shall be asked. */
const trackers = ['192.0.2.66', 'tracker.example.net', '[2001:db8::66]']

/** The newest: something to quote, a link to click and images to agree to. */
const toAnswer: HtmlVector = {
  name: 'a letter to answer',
  html: `<p>Words to quote.</p><a href="https://tracker.example.net/link" ping="https://tracker.example.net/ping">x</a>
<img src="https://tracker.example.net/large.png" width="300" height="200"><style>@import "https://tracker.example.net/1.css";</style>`,
  remote: 2,
}
const vectors = [...htmlVectors, toAnswer]

/** The subjects in the order they stand in the list, newest first. */
export const hostileSubjects: readonly string[] = vectors.map(({ name }) => name).toReversed()

/** The mails, oldest first: each remote reference there is, to a name and to addresses that need no look-up. */
export const hostileMails = (): readonly string[] => vectors.map(hostileMail)

/** Everything of it in one text, as it may come from the clipboard. */
export const hostileHtml = (): string => vectors.map(withEveryTracker).join('\n')

/** The same reference to each of the trackers. */
const withEveryTracker = ({ html }: HtmlVector): string =>
  trackers.map(tracker => html.replaceAll('tracker.example.net', tracker)).join('\n')

const hostileMail = (vector: HtmlVector, at: number): string =>
  [
    'From: Mallory <mallory@tracker.example.net>',
    // Answers go where the test can look.
    'Reply-To: Bob Rig <bob@rig.test>',
    'To: Alice Rig <alice@rig.test>',
    `Subject: ${vector.name}`,
    `Message-ID: <hostile-${at}@tracker.example.net>`,
    `Date: Mon, 23 Nov 2026 ${String(10 + Math.floor(at / 60))}:${String(at % 60).padStart(2, '0')}:00 +0000`,
    // All of these make one client or another look something up or answer by itself.
    'Disposition-Notification-To: mallory@tracker.example.net',
    'Return-Receipt-To: mallory@tracker.example.net',
    'List-Unsubscribe: <https://tracker.example.net/unsubscribe>, <mailto:stop@tracker.example.net>',
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    'Face: iVBORw0KGgo=',
    'X-Image-URL: https://tracker.example.net/face.png',
    'Autocrypt: addr=mallory@tracker.example.net; keydata=AAAA',
    'MIME-Version: 1.0',
    'Content-Type: text/html; charset=utf-8',
    '',
    withEveryTracker(vector),
    '',
  ].join('\r\n')
