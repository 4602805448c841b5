import { composeSample, type SampleSource, sampleTime } from './compose-sample'
import { gardenThread, gardenThreadSent } from './garden-thread'
import { samplePdf, samplePicture } from './sample-files'
import { newsletterHtml, parcelHtml, welcomeHtml } from './sample-html'

/** One message of the sample mailbox. `mailbox` is a role, or the name of an ordinary mailbox. */
export type SampleMessage = { mailbox: string; raw: Uint8Array; flags: string[]; internalDateMs: number }

/** The invented person whose mailbox this is. */
const sampleOwner = 'Marlene Winter <marlene.winter@example.org>'

type Placed = SampleSource & { mailbox: string; flags: readonly string[] }

const seen = ['\\Seen'] as const
const unread: readonly string[] = []

/** Made when somebody asks for them: drawing the picture takes longer than the start of the engine should. */
const makeSources = (): readonly Placed[] => [
  {
    mailbox: 'inbox',
    flags: unread,
    id: 'willkommen',
    hoursAgo: 0.3,
    from: 'Siegel <hello@siegel.example>',
    to: sampleOwner,
    subject: 'Willkommen bei Siegel · Welcome to Siegel',
    text: `Liebe Marlene,

dies ist ein Beispielpostfach. Es liegt nur auf diesem Rechner, und nichts darin hat je ein Netz gesehen. Lies, suche, verschiebe, beantworte: kaputtgehen kann hier nichts.

Drei Dinge zum Ausprobieren:
- Öffne den Newsletter vom Buchladen. Sein Zählpixel wurde nicht geladen, und oben steht, was alles nicht geladen wurde.
- Schau dir die angebliche Paketnachricht an. Wohin führt der Link wirklich?
- Drücke ? für alle Tastenkürzel.

---

Dear Marlene,

this is a sample mailbox. It lives on this computer only, and nothing in it has ever seen a network. Read, search, move, reply: you cannot break anything.

Three things to try:
- Open the bookshop's newsletter. Its tracking pixel was not loaded, and the bar above tells you what else was not.
- Look at the parcel notice. Where does its link really go?
- Press ? for all keyboard shortcuts.
`,
    html: welcomeHtml,
  },
  {
    mailbox: 'inbox',
    flags: ['\\Flagged'],
    id: 'angebot-dach',
    hoursAgo: 2.2,
    from: 'Tischlerei Brandt <werkstatt@brandt-holz.example.com>',
    to: sampleOwner,
    subject: 'Angebot Bücherregal, Eiche geölt',
    text: `Guten Tag Frau Winter,

wie am Dienstag besprochen das Angebot für das Regal im Arbeitszimmer (Eiche, geölt, 2,40 m × 2,65 m, sieben Böden). Die Leiter habe ich als eigenen Posten aufgeführt, dann können Sie in Ruhe überlegen.

Wenn Sie bis Ende des Monats zusagen, können wir noch vor Weihnachten einbauen.

Mit freundlichen Grüßen
Henning Brandt
`,
    attachment: {
      fileName: 'Angebot Bücherregal 2026-118.pdf',
      contentType: 'application/pdf',
      bytes: samplePdf([
        'Tischlerei Brandt',
        '',
        'Angebot 2026-118',
        'B\xfccherregal, Eiche ge\xf6lt, 2,40 m x 2,65 m',
        '',
        'Material und Fertigung   2.180,00 EUR',
        'Einbau                     340,00 EUR',
        'Leiter (auf Wunsch)        290,00 EUR',
      ]),
    },
  },
  {
    mailbox: 'inbox',
    flags: unread,
    id: 'regalmeter-46',
    hoursAgo: 5,
    from: 'Buchladen Regalmeter <post@regalmeter.example.net>',
    to: sampleOwner,
    subject: 'Neu auf dem Tisch: sechs Bücher für lange Abende',
    html: newsletterHtml,
    extra: [
      'List-Unsubscribe: <https://news.regalmeter.example.net/abmelden?n=46>',
      'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    ],
  },
  ...gardenThread.map(
    (source): Placed => ({
      ...source,
      mailbox: 'inbox',
      flags: source.id === 'garten-4' ? unread : ['\\Seen', '\\Answered'],
    }),
  ),
  ...gardenThreadSent.map((source): Placed => ({ ...source, mailbox: 'sent', flags: seen })),
  {
    mailbox: 'inbox',
    flags: unread,
    id: 'paket-4711',
    hoursAgo: 9.5,
    from: 'Paketdienst Kundenservice <service@paket-zustellung.example.com>',
    to: sampleOwner,
    subject: 'Ihre Sendung konnte nicht zugestellt werden',
    html: parcelHtml,
    extra: ['Reply-To: <zoll-abwicklung@mail-service.example.net>'],
  },
  {
    mailbox: 'inbox',
    flags: seen,
    id: 'lake-photo',
    hoursAgo: 26,
    from: 'Tom Ashworth <tom.ashworth@example.com>',
    to: sampleOwner,
    subject: 'The lake, last night',
    text: `Hi Marlene,

you were right about staying another hour. The wind dropped, the heron came back, and then this happened.

It does not look like much on a phone, but I thought you should have it before I lose it among four hundred pictures of mud.

See you on the 12th?
Tom
`,
    attachment: { fileName: 'lake at nine.png', contentType: 'image/png', bytes: samplePicture() },
  },
  {
    mailbox: 'inbox',
    flags: seen,
    id: 'typo-1882',
    hoursAgo: 30,
    from: 'Ines Okafor <ines.okafor@example.net>',
    to: 'Letterpress talk <letterpress@lists.example.org>',
    subject: '[letterpress] Small type that survives bad paper?',
    text: `Hello all,

I am setting a 48-page programme for a village choir. The paper is whatever the parish office had in the cupboard, so: soft, slightly fuzzy, and it drinks ink.

At 9 pt my usual face fills in. Has anyone had luck with something sturdier? I would rather not go up to 10 pt, there are a great many verses.

Thanks
Ines

-- 
Letterpress talk · https://lists.example.org/letterpress
`,
    extra: [
      'List-Id: Letterpress talk <letterpress.lists.example.org>',
      'List-Post: <mailto:letterpress@lists.example.org>',
      'List-Unsubscribe: <mailto:letterpress-leave@lists.example.org>',
      'Precedence: list',
    ],
  },
  {
    mailbox: 'inbox',
    flags: ['\\Seen', '\\Flagged'],
    id: 'kyoto-zimmer',
    hoursAgo: 49,
    from: '佐藤 美咲 <misaki.sato@example.com>',
    to: sampleOwner,
    subject: '京都のお部屋について · Your room in Kyoto',
    text: `ウィンター様

この度はご予約ありがとうございます。4月3日から三泊、お庭に面したお部屋をご用意いたしました。桜はちょうど見頃かと存じます。

駅からは歩いて十分ほどです。お着きの時間がお決まりでしたら、お知らせください。

Dear Ms Winter,

thank you for your booking. The room facing the garden is yours for three nights from 3 April; the cherry trees should be at their best. It is a ten-minute walk from the station. Do let us know when you will arrive.

佐藤 美咲
`,
  },
  {
    mailbox: 'inbox',
    flags: seen,
    id: 'einladung-60',
    hoursAgo: 52,
    from: 'Johanna Krüger <johanna.krueger@example.org>',
    to: `${sampleOwner}, Familie Demir <demir@example.net>`,
    cc: 'Paul Krüger <paul.krueger@example.org>',
    subject: 'Einladung: Papa wird 60, Samstag ab 15 Uhr',
    text: `Ihr Lieben,

am Samstag in zwei Wochen feiern wir Papas Sechzigsten, und zwar draußen, solange das Wetter mitmacht, sonst in der Scheune.

  Wann:  Samstag, ab 15 Uhr, Kaffee um halb vier
  Wo:    Alte Mühle 3, die Zufahrt über den Feldweg
  Bringt mit:  gute Schuhe und, wer mag, ein Instrument

Bitte keine Geschenke, er meint das ernst. Über einen Kuchen freut er sich heimlich doch.

Sagt mir bis Mittwoch, ob ihr kommt und wie viele ihr seid.

Eure Johanna
`,
  },
  {
    mailbox: 'sent',
    flags: seen,
    id: 'antwort-einladung',
    hoursAgo: 47,
    from: sampleOwner,
    to: 'Johanna Krüger <johanna.krueger@example.org>',
    subject: 'Re: Einladung: Papa wird 60, Samstag ab 15 Uhr',
    inReplyTo: 'einladung-60@example.org',
    references: ['einladung-60@example.org'],
    text: `Liebe Johanna,

wir kommen zu zweit, mit Bratsche und Zwetschgenkuchen. Psst.

Bis dahin
Marlene

Johanna Krüger schrieb:
> Sagt mir bis Mittwoch, ob ihr kommt und wie viele ihr seid.
`,
  },
  {
    mailbox: 'archive',
    flags: seen,
    id: 'rechnung-strom',
    hoursAgo: 24 * 19,
    from: 'Stadtwerke Lindenau <kundenservice@stadtwerke-lindenau.example.com>',
    to: sampleOwner,
    subject: 'Ihre Jahresabrechnung liegt bereit',
    text: `Sehr geehrte Frau Winter,

Ihre Jahresabrechnung für Strom ist fertig. Sie haben 214 kWh weniger verbraucht als im Vorjahr und bekommen 61,40 Euro zurück; der Betrag wird in den nächsten Tagen überwiesen.

Freundliche Grüße
Stadtwerke Lindenau
`,
  },
  {
    mailbox: 'archive',
    flags: ['\\Seen', '\\Answered'],
    id: 'library-hours',
    hoursAgo: 24 * 33,
    from: 'County Library <desk@library.example.org>',
    to: sampleOwner,
    subject: 'The map you asked for has arrived',
    text: `Dear Marlene,

the 1904 survey map (sheet 17, "The Fens and River Crossings") is now in the reading room under your name. It can stay there until the end of next month.

We open at ten, and on Thursdays until eight.

Kind regards
The desk
`,
  },
  {
    mailbox: 'drafts',
    flags: ['\\Seen', '\\Draft'],
    id: 'entwurf-kyoto',
    hoursAgo: 20,
    from: sampleOwner,
    to: '佐藤 美咲 <misaki.sato@example.com>',
    subject: 'Re: 京都のお部屋について · Your room in Kyoto',
    inReplyTo: 'kyoto-zimmer@example.com',
    references: ['kyoto-zimmer@example.com'],
    text: `Dear Ms Sato,

how kind of you to think of the garden. Our train reaches Kyoto at 16:20, so we should be at your door around

`,
  },
  {
    mailbox: 'junk',
    flags: unread,
    id: 'win-big-77',
    hoursAgo: 14,
    from: 'Prize Department <claims@lucky-draw.example.net>',
    to: 'undisclosed-recipients:;',
    subject: 'YOU WERE CHOSEN - reply within 24 hours!!!',
    text: `Dear Friend,

your address has won 2.500.000 EURO in the annual international draw. To release the fund, kindly send your full name, telephone and a copy of your passport to our agent TODAY.

Keep this strictly confidential.

Dr. Goodluck, Chief Director
`,
  },
  {
    mailbox: 'trash',
    flags: seen,
    id: 'parkplatz',
    hoursAgo: 24 * 6,
    from: 'Hausverwaltung Seidel <buero@hv-seidel.example.com>',
    to: sampleOwner,
    subject: 'Hofreinigung am Donnerstag',
    text: `Guten Tag,

am Donnerstag wird der Hof gereinigt. Bitte stellen Sie Fahrräder bis 8 Uhr in den Keller.

Hausverwaltung Seidel
`,
  },
]

/**
 * The sample mailbox: twenty invented messages in German and English (and one in Japanese), dated back from
 * `nowMs`, in the order of their arrival. Same input, same bytes. Nobody in it exists; the domains are reserved
 * (RFC 2606).
 */
export function sampleMessages(nowMs: number): SampleMessage[] {
  return makeSources()
    .map(source => ({
      mailbox: source.mailbox,
      raw: composeSample(source, nowMs),
      flags: [...source.flags],
      internalDateMs: sampleTime(source, nowMs),
    }))
    .sort((a, b) => a.internalDateMs - b.internalDateMs)
}
