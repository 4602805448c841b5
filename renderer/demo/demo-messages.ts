import type {
  AttachmentInfo,
  MailboxRole,
  MessageDetail,
  MessageSummary,
  SystemFlag,
} from '../../shared/model/mail'
import type { MessageSecurity } from '../../shared/model/message-security'
import { me, people } from './demo-people'
import { security } from './demo-security'

/** A stored message of the demo: its row, and what the reader needs beside it. */
export type FakeMessage = {
  summary: MessageSummary
  readonly detail: Omit<MessageDetail, 'summary'>
  readonly html: string | null
}

/** A message as it is written down here; the world turns it into rows and details. */
export type DemoMessage = Readonly<{
  role: MailboxRole
  from: typeof me
  to?: readonly (typeof me)[]
  cc?: readonly (typeof me)[]
  subject: string
  minutesAgo: number
  text: string
  html?: string
  flags?: readonly SystemFlag[]
  thread?: string
  attachments?: readonly Omit<AttachmentInfo, 'contentId' | 'inline'>[]
  warnings?: MessageDetail['warnings']
  blockedRemoteCount?: number
  trackerCount?: number
  listId?: string
  bodyState?: 'header'
  pending?: true
  security?: Partial<MessageSecurity>
  outside?: MessageDetail['outside']
}>

const hour = 60
const day = 24 * hour

export const demoMessages: readonly DemoMessage[] = [
  {
    role: 'inbox',
    from: people.hartmann,
    cc: [people.weiss],
    subject: 'Akteneinsicht am Donnerstag, Aktenzeichen 7 K 2291/26',
    minutesAgo: 18,
    thread: 'akte',
    security: security.verified,
    text: `Liebe Frau Brandt,

das Verwaltungsgericht hat die Akteneinsicht für Donnerstag, 10 Uhr, bestätigt. Bitte bringen Sie den Ausweis mit; fotografieren dürfen wir, scannen nicht.

Im Anhang finden Sie den Schriftsatz vom 12. und die Liste der Bände, die ich vorab angefordert habe. Band IV fehlt nach Auskunft der Geschäftsstelle noch. Ich halte das für keinen Zufall und habe nachgehakt.

Könnten Sie bis Mittwoch kurz bestätigen?

Mit freundlichen Grüßen
Ingrid Hartmann

--
Kanzlei Hartmann & Partner, Fachanwältin für Presserecht
Telefon nur nach Absprache`,
    attachments: [
      {
        partId: '2',
        fileName: 'Schriftsatz 2026-11-12.pdf',
        contentType: 'application/pdf',
        sizeBytes: 284_113,
        danger: null,
      },
      {
        partId: '3',
        fileName: 'Bändeliste.ods',
        contentType: 'application/vnd.oasis.opendocument.spreadsheet',
        sizeBytes: 18_400,
        danger: null,
      },
    ],
  },
  {
    role: 'inbox',
    from: people.okafor,
    subject: 'Fact check: the shipping manifest, page 3',
    minutesAgo: 74,
    thread: 'manifest',
    security: security.unverified,
    flags: ['flagged'],
    text: `Lena,

two things before this goes to the desk:

1. The manifest says 41 containers, your draft says 43. Which one did the port authority confirm?
2. Can we name the forwarder? Legal is fine with it if we have the second source on paper.

Deadline stays Friday noon. Call me on the usual app if it is easier.

Chidi

> On Sunday you wrote:
> The port authority confirmed the figure on the phone and will send it in writing.
> I would rather not name the forwarder before they answered.
> Their press office has until Wednesday.`,
  },
  {
    role: 'inbox',
    from: people.weiss,
    subject: 'Re: Fact check: the shipping manifest, page 3',
    minutesAgo: 41,
    thread: 'manifest',
    security: security.footer,
    outside: { text: '_______________\nRedaktion mailing list\nredaktion@lists.example', attachments: [] },
    text: `Die Hafenbehörde schreibt 41, ich habe die Antwort eben als PDF bekommen und hänge sie an.

Jonas`,
    attachments: [
      {
        partId: '2',
        fileName: 'Antwort Hafenbehörde.pdf',
        contentType: 'application/pdf',
        sizeBytes: 96_212,
        danger: null,
      },
    ],
  },
  {
    role: 'inbox',
    from: people.bank,
    subject: 'Ihr Konto wurde vorübergehend eingeschränkt',
    minutesAgo: 3 * hour,
    text: `Sehr geehrte Kundin, sehr geehrter Kunde,

bei einer Prüfung ist uns eine Unregelmäßigkeit aufgefallen. Bitte bestätigen Sie Ihre Daten innerhalb von 24 Stunden unter https://www.sparkasse.example/sicherheit

Ihre Sparkasse`,
    html: `<h2>Sparkasse</h2><p>Sehr geehrte Kundin, sehr geehrter Kunde,</p><p>bei einer Prüfung ist uns eine Unregelmäßigkeit aufgefallen. Bitte bestätigen Sie Ihre Daten <b>innerhalb von 24 Stunden</b>:</p><p><a href="https://login.konto-pruefung.example/a?id=8812">https://www.sparkasse.example/sicherheit</a></p><p>Ihre Sparkasse</p>`,
    warnings: [
      { code: 'link-mismatch', detail: 'www.sparkasse.example → login.konto-pruefung.example' },
      { code: 'reply-to-differs', detail: 'antwort@konto-pruefung.example' },
    ],
    attachments: [
      {
        partId: '2',
        fileName: 'Formular.pdf.exe',
        contentType: 'application/octet-stream',
        sizeBytes: 712_004,
        danger: 'double-extension',
      },
    ],
    blockedRemoteCount: 3,
    trackerCount: 1,
  },
  {
    role: 'inbox',
    from: people.shop,
    subject: 'Neue Papiere, ruhige Farben: der Winterkatalog',
    minutesAgo: 6 * hour,
    flags: ['seen'],
    text: 'Der Winterkatalog ist da. Achtzig neue Papiere, alle aus deutscher Fertigung.',
    html: `<table width="600" style="font-family:Georgia,serif;background:#f3efe6"><tr><td style="padding:32px"><h1 style="font-weight:normal">Der Winterkatalog</h1><p>Achtzig neue Papiere, alle aus deutscher Fertigung, in ruhigen Farben. Bis zum 6. Dezember liefern wir ohne Versandkosten.</p><p style="background:#ddd6c7;height:180px;text-align:center;line-height:180px;color:#665f52">[Bild blockiert]</p><p><a href="https://papierhaus.example/katalog">Zum Katalog</a></p></td></tr></table>`,
    blockedRemoteCount: 12,
    trackerCount: 2,
    listId: 'Papierhaus Nord Rundbrief',
  },
  {
    role: 'inbox',
    from: people.marchetti,
    to: [me, people.weiss],
    subject: 'Interview transcript, second pass',
    minutesAgo: 9 * hour,
    flags: ['seen', 'answered'],
    text: `Ciao Lena,

the second pass of the transcript is attached. I marked the three passages where the recording is too poor to quote.

A presto
Giulia`,
    attachments: [
      {
        partId: '2',
        fileName: 'transcript-2.odt',
        contentType: 'application/vnd.oasis.opendocument.text',
        sizeBytes: 48_910,
        danger: null,
      },
      {
        partId: '3',
        fileName: 'recording-excerpt.opus',
        contentType: 'audio/ogg',
        sizeBytes: 4_812_000,
        danger: null,
      },
      {
        partId: '4',
        fileName: 'notes.docm',
        contentType: 'application/vnd.ms-word.document.macroEnabled.12',
        sizeBytes: 33_020,
        danger: 'macro',
      },
    ],
  },
  {
    role: 'inbox',
    from: people.lindqvist,
    to: [people.list],
    subject: '[privacy-tech] Meeting notes and next steps for the padding draft',
    minutesAgo: day + 2 * hour,
    flags: ['seen'],
    listId: 'privacy-tech.lists.example',
    text: `Notes from Tuesday are on the wiki. Open points:

- sizes of padding buckets for small messages
- whether the header block counts
- who writes the test vectors

Please answer on the list until the weekend.

Astrid`,
  },
  {
    role: 'inbox',
    from: people.archive,
    subject: 'Ihre Bestellung im Lesesaal: Bestand 20237, Nr. 114 bis 119',
    minutesAgo: 2 * day,
    flags: ['seen', 'flagged'],
    text: `Sehr geehrte Frau Brandt,

die bestellten Archivalien liegen ab Montag für Sie im Lesesaal bereit. Die Vorlagefrist beträgt vier Wochen.

Mit freundlichen Grüßen
Lesesaalteam`,
  },
  {
    role: 'inbox',
    from: people.nakamura,
    subject: '取材のお願い / Interview request',
    minutesAgo: 3 * day,
    flags: ['seen'],
    text: `レナ・ブラント様

突然のご連絡失礼いたします。東京の新聞社で記者をしております中村と申します。来月ベルリンに伺う予定です。

Could we meet for an hour in the week of the 14th?

中村 由美`,
  },
  {
    role: 'inbox',
    from: people.provider,
    subject: 'Wartungsarbeiten in der Nacht zum Sonntag',
    minutesAgo: 5 * day,
    flags: ['seen'],
    text: 'In der Nacht zum Sonntag, 2 bis 4 Uhr, kann der Abruf kurz unterbrochen sein. Es geht keine Nachricht verloren.',
  },
  {
    role: 'inbox',
    from: people.okafor,
    subject: 'Archive footage, low resolution',
    minutesAgo: 6 * day,
    flags: ['seen'],
    bodyState: 'header',
    text: '',
    attachments: [],
  },
  {
    role: 'inbox',
    from: people.hartmann,
    subject: 'Entwurf der Unterlassungserklärung',
    minutesAgo: 40 * day,
    flags: ['seen'],
    thread: 'akte',
    text: 'Im Anhang der Entwurf, bitte mit Änderungen zurück.',
    pending: true,
  },
  {
    role: 'inbox',
    from: people.marchetti,
    subject: 'Auguri!',
    minutesAgo: 340 * day,
    flags: ['seen'],
    text: 'Tanti auguri e a presto, Giulia',
  },
  {
    role: 'inbox',
    from: people.lindqvist,
    subject: '[...]',
    minutesAgo: 31 * hour,
    text: '',
    security: security.changed,
  },
  {
    role: 'inbox',
    from: people.nakamura,
    subject: '[...]',
    minutesAgo: 33 * hour,
    text: '',
    security: security.locked,
  },
  {
    role: 'inbox',
    from: people.marchetti,
    subject: 'Numero di telefono',
    minutesAgo: 35 * hour,
    text: 'Cara Lena, come promesso:\n\nIl numero è 555 0142, solo di sera.\n\nGiulia',
    security: { ...security.inline, inlineExtent: { start: 27, end: 65 } },
  },
  {
    role: 'sent',
    from: me,
    to: [people.okafor],
    subject: 'Re: Fact check: the shipping manifest, page 3',
    minutesAgo: 55,
    thread: 'manifest',
    flags: ['seen'],
    text: 'Jonas has it in writing, he will send the PDF. Please hold the name of the forwarder.',
  },
  {
    role: 'sent',
    from: me,
    to: [people.hartmann],
    subject: 'Akteneinsicht am Donnerstag',
    minutesAgo: 2 * day,
    thread: 'akte',
    flags: ['seen'],
    text: 'Ich habe mir den Donnerstag freigehalten.',
  },
  {
    role: 'drafts',
    from: me,
    to: [people.lindqvist],
    subject: 'Padding buckets',
    minutesAgo: 30,
    flags: ['seen', 'draft'],
    text: 'Astrid, a short answer to your first point:',
  },
  {
    role: 'junk',
    from: people.shop,
    subject: 'GEWONNEN!!! Ihr Gutschein wartet',
    minutesAgo: 4 * day,
    text: 'Klicken Sie hier.',
  },
  {
    role: 'trash',
    from: people.provider,
    subject: 'Rechnung Oktober',
    minutesAgo: 12 * day,
    flags: ['seen'],
    text: 'Ihre Rechnung liegt im Kundenbereich.',
  },
]
