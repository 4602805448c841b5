export const collections = {
  open: 'Encryption…',
  title: 'Encryption of “{{name}}”',
  switch: 'Encrypt on the server',
  busy: 'Show when I am busy',
  busyText: 'The times of events stay readable on the server, so that others can look for a free hour.',
  starting: 'Waits for the server.',
  notTaken: 'The server does not take {{count, number}} of them in this form. The activity says why.',
  goesOn: 'You can close this window: it goes on by itself, also after a break in the connection.',
  doing: { encrypting: 'Encrypting', decrypting: 'Decrypting' },
  turnBack: { encrypting: 'Stop and keep it readable', decrypting: 'Stop and keep it encrypted' },
  madeByNobody:
    'The keys are signed by nobody whose key you have verified. Compare keys with the person who shares it first.',
  join: 'Join',
  members: 'Who reads it',
  own: 'you',
  letIn: 'Let somebody in',
  takeOut: 'Take {{who}} out',
  nobodyElse: 'You can let in people whose keys you have verified.',
  untitled: 'No title',
  staysClear_one: '{{count, number}} event stays readable',
  staysClear_other: '{{count, number}} events stay readable',
  staysClearText:
    'They have guests whom the server invites. Taking the readable event away would tell the guests that it is off.',
  putRight: 'Put it right',
  putRightText: 'Put it right: what is here goes back to the server.',
  states: {
    clear: 'not encrypted',
    joinable: 'encrypted, not joined',
    encrypting: 'is being encrypted',
    encrypted: 'encrypted',
    decrypting: 'is being decrypted',
  },
  /** What differs between them. */
  of: {
    calendar: {
      switchText:
        'Your provider and other programs then see neither what nor when. Everybody whom you let in does.',
      left_one: '{{count, number}} event left',
      left_other: '{{count, number}} events left',
      joinable: 'This calendar is encrypted',
      joinText:
        'Another of your machines, or somebody whose key you have verified, encrypted it. Join, and its events appear here.',
      refused_one: '{{count, number}} event on the server is not believed and not shown',
      refused_other: '{{count, number}} events on the server are not believed and not shown',
      putRightClear:
        'Put it right: what is here goes back to the server, and what is not encrypted is taken in.',
      refusals: {
        malformed: 'It cannot be read.',
        'unknown-secret': 'It is encrypted with a secret that does not belong to this calendar.',
        'old-secret': 'It is encrypted with a secret that somebody who was taken out still knows.',
        changed: 'It was changed on the server, or belongs somewhere else.',
        'not-a-member': 'Nobody who belongs to the calendar signed it.',
        'rolled-back': 'The server shows an older version than the one that was here already.',
        'brought-back': 'It was removed, and the server has brought it back.',
        elsewhere: 'It lies where another one lay, or is there twice.',
        clear: 'It is not encrypted: a program that cannot do it put it there, or the server did.',
      },
    },
    contacts: {
      switchText:
        'Your provider and other programs then see neither names nor addresses. Everybody whom you let in does.',
      left_one: '{{count, number}} contact left',
      left_other: '{{count, number}} contacts left',
      joinable: 'This address book is encrypted',
      joinText:
        'Another of your machines, or somebody whose key you have verified, encrypted it. Join, and its contacts appear here.',
      refused_one: '{{count, number}} contact on the server is not believed and not shown',
      refused_other: '{{count, number}} contacts on the server are not believed and not shown',
      putRightClear:
        'Put it right: what is here goes back to the server, and what is not encrypted is taken in.',
      refusals: {
        malformed: 'It cannot be read.',
        'unknown-secret': 'It is encrypted with a secret that does not belong to this address book.',
        'old-secret': 'It is encrypted with a secret that somebody who was taken out still knows.',
        changed: 'It was changed on the server, or belongs somewhere else.',
        'not-a-member': 'Nobody who belongs to the address book signed it.',
        'rolled-back': 'The server shows an older version than the one that was here already.',
        'brought-back': 'It was removed, and the server has brought it back.',
        elsewhere: 'It lies where another one lay, or is there twice.',
        clear: 'It is not encrypted: a program that cannot do it put it there, or the server did.',
      },
    },
  },
}
