export const meetings = {
  settings: 'Meetings',
  title: 'Meet',
  page: {
    text: 'Where you meet by video. Siegel makes the links here, with rooms that nobody can guess, and asks nobody for it. The first provider is the usual one.',
    list: 'Providers',
    none: 'No provider of meetings is set up.',
    add: 'Add a provider',
    remove: 'Remove {{name}}',
    first: 'Make {{name}} the usual one',
    usual: 'usual',
    full: 'There are ten; remove one to add another.',
    further: 'Further hosts: {{hosts}}',
  },
  into: {
    chat: 'A link with a room that nobody can guess is made here and written into the conversation.',
    mail: 'A link with a room that nobody can guess is made here and written into the message.',
    event: 'A link with a room that nobody can guess is made here and put into the event.',
  },
  put: { chat: 'Write the link', mail: 'Insert the link', event: 'Use the link' },
  nothingOpens: 'Nothing opens before you press Join.',
  provider: 'Where',
  providers: { jitsi: 'Jitsi Meet', opentalk: 'OpenTalk', bbb: 'BigBlueButton', own: 'Own template' },
  link: 'Link',
  address: {
    host: 'Address of the instance',
    template: 'Address of the meeting',
    room: 'Address of the room',
  },
  addressText: {
    host: 'For example https://meet.example.org',
    template: 'With {room} where a random room belongs, for example https://meet.example.org/{room}',
    room: 'The link that guests get from there; the room is made on its pages',
  },
  more: 'Further hosts',
  moreText:
    'Only if its pages need others beside their own, such as a TURN server, or the controller and media of OpenTalk. One in each line: turn.example.org:443',
  bad: 'An address of a meeting begins with https:// and has a host.',
  badHost: 'This is no host: {{host}}',
  add: 'Add',
  setUp: 'Settings of meetings',
  join: 'Join {{host}}',
  joinAt: 'Join at {{time}}',
  joinNow: 'Join now',
  on: 'Meeting on {{host}}',
  soon: '{{title}} begins at {{time}}.',
  running: '{{title}} has begun at {{time}}.',
  untitled: 'An event',
  later: 'Dismiss',
  adviceOf: {
    jitsi: 'Once you are in, set a password or a lobby there (Security): whoever knows the link can enter.',
    opentalk: 'Switch on the waiting room there: whoever knows the link can come as a guest.',
    bbb: 'Set an access code there, or have a moderator let people in: whoever knows the link can knock.',
    own: 'Set a password or a lobby there once you are in: whoever knows the link can enter.',
  },
  fixedAdvice: 'This address is the same every time: everybody who had the link once can come again.',
} as const

export const errors = {
  'meeting-no-place': {
    what: 'No link was made',
    why: 'No provider of meetings is set up.',
    fix: 'Add one in the settings, under Meetings.',
  },
  'meeting-bad-address': {
    what: 'The meeting is not opened',
    why: 'The address of a meeting begins with https:// and has a host.',
    fix: 'Copy the link and look at it.',
  },
  'meeting-hidden': {
    what: 'The meeting is not opened',
    why: 'The account goes through Tor; picture and sound would go past it, and {{name}} would see your address.',
    fix: 'Copy the link, and open it where you want to be seen.',
  },
} as const

export const things = {
  'meeting provider': 'The provider of meetings',
  'meeting providers': 'The list of providers of meetings',
  meeting: 'The meeting',
} as const
