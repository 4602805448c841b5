export const chat = { title: 'Chat' } as const

export const errors = {
  'chat-needs-decision': {
    what: 'The message was not sent',
    why: 'The conversation with {{name}} is encrypted, and nothing can be encrypted for it as it stands.',
    fix: 'Decide about the devices there, or say that this message may leave unencrypted.',
  },
  'chat-too-late': {
    what: 'The message cannot be taken back',
    why: 'It was already handed to the server.',
    fix: 'Ask for it to be forgotten instead; whoever read it has read it.',
  },
  'chat-not-own': {
    what: 'The message cannot be changed',
    why: 'Only a text that you wrote yourself can be corrected.',
    fix: 'Answer it instead.',
  },
  'chat-no-service': {
    what: 'The account has no chat',
    why: 'No chat is set up for it, or it is switched off.',
    fix: 'Set up chat in the settings of the account, or switch it on there.',
  },
  'chat-not-connected': {
    what: 'That needs the server of the chat',
    why: 'The account is not connected to it.',
    fix: 'Try again when it is.',
  },
  'chat-refused': {
    what: 'The other side said no',
    why: 'It does not allow that, or does not know the address.',
    fix: 'Look at the address and at what you may do there.',
  },
  'chat-bad-address': {
    what: 'The address cannot be used for chat',
    why: '“{{name}}” is not written like name@example.org.',
    fix: 'Correct the address.',
  },
  'chat-no-device': {
    what: 'There is no such device',
    why: 'No device of {{name}} has this number.',
    fix: 'Look at the list of devices again; it may have changed.',
  },
  'chat-not-in-room': {
    what: 'You are not in this room',
    why: 'What you asked for is for those who are in it.',
    fix: 'Join the room first.',
  },
  'chat-no-upload': {
    what: 'The file cannot be sent',
    why: 'The server of the account takes no files.',
    fix: 'Send it by mail.',
  },
  'chat-file-changed': {
    what: 'The file was not opened',
    why: 'What was fetched is not what was sent: its seal does not fit.',
    fix: 'Ask for it to be sent again.',
  },
  'chat-file-place': {
    what: 'The file was not fetched',
    why: 'Its address leads where nothing is fetched from: into a private network, or without protection.',
    fix: 'Ask for the file in another way.',
  },
} as const

export const things = {
  conversation: 'The conversation',
  'chat message': 'The message',
  room: 'The room',
} as const
