/** What main says around meetings. */
const english = {
  title: 'Open this meeting?',
  host: 'This link leads to a meeting at',
  own: 'You set this provider up.',
  foreign: 'This is none of the providers that you set up.',
  direct: 'Whoever runs it, and its other guests, may learn your IP address.',
  proxy:
    'The window goes through the proxy of this account. A browser would not, so Siegel does not offer it.',
  furtherHosts: 'It may also contact: {{hosts}}',
  windowText:
    'In a window of Siegel it reaches this host alone, is asked about microphone, camera and screen, and leaves nothing here. Picture and sound then go through the server (TURN over TCP) or not at all.',
  window: 'Open in a Window',
  hiddenTitle: 'This meeting is not opened',
  hidden:
    'What this link belongs to goes through Tor. Picture and sound of a meeting do not: {{host}}, and whoever watches your network, would see where you are. So Siegel opens it neither in a window nor in the browser. You can copy the link and decide yourself where you open it.',
  askTitle: 'Let this meeting use your devices?',
  askText: '{{host}} wants to use:',
  audio: 'the microphone',
  video: 'the camera',
  askHint:
    'The frame of its window is red as long as it may hear or see you. It ends when you close the window.',
  allow: 'Allow',
  deny: 'Do Not Allow',
  screenTitle: 'Show something on your screen to this meeting?',
  screenText:
    '{{host}} would see all of what you choose, also what appears there later. Windows of Siegel are not in the list; on a whole screen they are seen.',
  screen: 'Whole screen: {{name}}',
  stateQuiet: 'Meeting at {{host}}',
  stateAudio: 'Microphone on',
  stateVideo: 'Camera on',
  stateScreen: 'Screen shared',
  failedTitle: 'The meeting could not be opened',
  failed: '{{host}} could not be shown ({{detail}}). Try again, or open the link in the browser.',
  closedTitle: 'The meeting was closed',
  closed: '{{host}} tried to take a picture of the screen that you did not choose.',
} as const
export type MeetingWords = Readonly<Record<keyof typeof english, string>>

const german: MeetingWords = {
  title: 'Dieses Treffen öffnen?',
  host: 'Dieser Link führt zu einem Treffen bei',
  own: 'Diesen Anbieter haben Sie eingerichtet.',
  foreign: 'Das ist keiner der Anbieter, die Sie eingerichtet haben.',
  direct: 'Wer ihn betreibt und wer noch teilnimmt, kann Ihre IP-Adresse erfahren.',
  proxy:
    'Das Fenster geht über den Proxy dieses Kontos. Ein Browser ginge nicht darüber, darum bietet Siegel ihn nicht an.',
  furtherHosts: 'Außerdem darf es kontaktieren: {{hosts}}',
  windowText:
    'In einem Fenster von Siegel erreicht es nur diesen Host, wird nach Mikrofon, Kamera und Bildschirm gefragt und hinterlässt hier nichts. Bild und Ton gehen dann über den Server (TURN über TCP) oder gar nicht.',
  window: 'In einem Fenster öffnen',
  hiddenTitle: 'Dieses Treffen wird nicht geöffnet',
  hidden:
    'Wozu dieser Link gehört, das geht über Tor. Bild und Ton eines Treffens gehen nicht darüber: {{host}} und wer Ihr Netz beobachtet, sähen, wo Sie sind. Darum öffnet Siegel es weder in einem Fenster noch im Browser. Sie können den Link kopieren und selbst entscheiden, wo Sie ihn öffnen.',
  askTitle: 'Darf dieses Treffen Ihre Geräte benutzen?',
  askText: '{{host}} möchte benutzen:',
  audio: 'das Mikrofon',
  video: 'die Kamera',
  askHint:
    'Der Rahmen des Fensters ist rot, solange es Sie hören oder sehen darf. Das endet, wenn Sie das Fenster schließen.',
  allow: 'Erlauben',
  deny: 'Nicht erlauben',
  screenTitle: 'Diesem Treffen etwas auf Ihrem Bildschirm zeigen?',
  screenText:
    '{{host}} sähe alles von dem, was Sie wählen, auch was später dort erscheint. Fenster von Siegel stehen nicht in der Liste; auf einem ganzen Bildschirm sind sie zu sehen.',
  screen: 'Ganzer Bildschirm: {{name}}',
  stateQuiet: 'Treffen bei {{host}}',
  stateAudio: 'Mikrofon an',
  stateVideo: 'Kamera an',
  stateScreen: 'Bildschirm geteilt',
  failedTitle: 'Das Treffen ließ sich nicht öffnen',
  failed:
    '{{host}} ließ sich nicht anzeigen ({{detail}}). Versuchen Sie es noch einmal oder öffnen Sie den Link im Browser.',
  closedTitle: 'Das Treffen wurde geschlossen',
  closed: '{{host}} wollte ein Bild vom Bildschirm, das Sie nicht gewählt haben.',
}

/** The words by whether the language is German. */
export const meetingWords = (isGerman: boolean): MeetingWords => (isGerman ? german : english)
