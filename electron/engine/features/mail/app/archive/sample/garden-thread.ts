import type { SampleSource } from './compose-sample'

const marlene = 'Marlene Winter <marlene.winter@example.org>'
const yusuf = 'Yusuf Demir <yusuf.demir@example.net>'
const lena = 'Lena Hartmann <lena.hartmann@example.com>'
const ids = [
  'garten-1@example.net',
  'garten-2@example.org',
  'garten-3@example.com',
  'garten-4@example.net',
] as const

/** What came in of a conversation about a shared garden. */
export const gardenThread: readonly SampleSource[] = [
  {
    id: 'garten-1',
    hoursAgo: 31,
    from: yusuf,
    to: marlene,
    cc: lena,
    subject: 'Gemeinschaftsgarten: wer gießt im Mai?',
    text: `Hallo ihr zwei,

im Mai sind wir drei Wochen weg, und die Tomaten stehen dann gerade frisch draußen. Könntet ihr euch das Gießen teilen? Die Zisterne ist voll, der Schlüssel hängt wie immer.

Dafür gehört euch die halbe Ernte. Die bessere Hälfte.

Yusuf
`,
  },
  {
    id: 'garten-3',
    hoursAgo: 22,
    from: lena,
    to: marlene,
    cc: yusuf,
    subject: 'Re: Gemeinschaftsgarten: wer gießt im Mai?',
    inReplyTo: ids[1],
    references: ids.slice(0, 2),
    text: `Montag, Mittwoch, Freitag passt mir. Und ich bringe Stroh zum Mulchen mit, dann reicht auch jeder zweite Tag.

Lena

Marlene Winter schrieb:
> Ich nehme gern Dienstag, Donnerstag und das Wochenende.
`,
  },
  {
    id: 'garten-4',
    hoursAgo: 1.1,
    from: yusuf,
    to: `${marlene}, ${lena}`,
    subject: 'Re: Gemeinschaftsgarten: wer gießt im Mai?',
    inReplyTo: ids[2],
    references: ids.slice(0, 3),
    text: `Ihr seid großartig. Ich hänge einen Plan an die Tür und stelle zwei Kannen dazu.

PS: Die linke Tomate heißt Gisela. Sie mag es, wenn man mit ihr spricht.

Yusuf

Lena Hartmann schrieb:
> Und ich bringe Stroh zum Mulchen mit, dann reicht auch jeder zweite Tag.
`,
  },
]

/** Marlene's own message in it. */
export const gardenThreadSent: readonly SampleSource[] = [
  {
    id: 'garten-2',
    hoursAgo: 28,
    from: marlene,
    to: yusuf,
    cc: lena,
    subject: 'Re: Gemeinschaftsgarten: wer gießt im Mai?',
    inReplyTo: ids[0],
    references: ids.slice(0, 1),
    text: `Lieber Yusuf,

ich nehme gern Dienstag, Donnerstag und das Wochenende. Lena, magst du den Rest?

Marlene

Yusuf Demir schrieb:
> Könntet ihr euch das Gießen teilen?
`,
  },
]
