import { afterEach, describe, expect, test } from 'vitest'
import { roleFolders } from '../../../electron/engine/kit/mailboxes/role-folders'
import { SyncProfile, testMessage } from '../../support/sync-profile'
import {
  poorCapabilities,
  richCapabilities,
  type ScriptedImapOptions,
  startScriptedImapServer,
} from '../support/scripted-imap-server'

const ended: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end()
})

async function start(options: ScriptedImapOptions = {}, count = 0) {
  const server = await startScriptedImapServer(options)
  const profile = new SyncProfile({ port: server.port, ca: server.ca })
  ended.push(
    () => server.stop(),
    () => profile.remove(),
  )
  const inbox = server.account.get('INBOX')
  for (let at = 1; at <= count; at++) inbox.add(testMessage(at))
  return { server, profile, inbox }
}

const subjects = (count: number) => Array.from({ length: count }, (_, at) => `message ${at + 1}`).sort()
const noCondstore = richCapabilities.filter(name => !['CONDSTORE', 'QRESYNC', 'ENABLE'].includes(name))

describe('nothing is removed because of an error or one empty answer', () => {
  test('an empty SEARCH once is asked again', async () => {
    for (const capabilities of [noCondstore, poorCapabilities]) {
      const { server, profile } = await start({ capabilities }, 30)
      await profile.pass()
      server.overrideOnce('UID SEARCH', () => 'OK done')
      await profile.pass()
      expect(profile.subjects('INBOX')).toEqual(subjects(30))
    }
  })

  test('an empty SEARCH always, against EXISTS, is a broken server and not an empty mailbox', async () => {
    const { server, profile } = await start({ capabilities: noCondstore }, 30)
    await profile.pass()
    const end = server.override('UID SEARCH', () => 'OK done')
    expect(await profile.passProblems()).toEqual(['protocol-violation'])
    expect(profile.subjects('INBOX')).toEqual(subjects(30))
    end()
    await profile.pass()
  })

  test('0 EXISTS once is asked again; twice it is true', async () => {
    const { server, profile, inbox } = await start({ capabilities: noCondstore }, 30)
    await profile.pass()
    const emptyOnce = () => {
      server.overrideOnce('EXAMINE', ({ session }) => {
        session.send(
          `* 0 EXISTS\r\n* OK [UIDVALIDITY ${inbox.uidValidity}] v\r\n* OK [UIDNEXT ${inbox.uidNext}] n\r\n`,
        )
        return 'OK [READ-ONLY] done'
      })
      server.overrideOnce('UID SEARCH', () => 'OK done')
    }
    emptyOnce()
    await profile.pass(profile.mailbox('INBOX').id)
    expect(profile.subjects('INBOX')).toEqual(subjects(30))
    for (let uid = 1; uid <= 30; uid++) inbox.expunge(uid)
    await profile.pass()
    expect(profile.messages('INBOX')).toEqual([])
  })

  test('VANISHED for everything is checked before it is believed', async () => {
    const { server, profile, inbox } = await start({}, 30)
    await profile.pass()
    const before = profile.messages('INBOX').map(each => each.id)
    inbox.setFlags(1, ['\\Seen'])
    server.overrideOnce('EXAMINE', async ({ session, honest }) => {
      session.send('* VANISHED (EARLIER) 1:4294967295\r\n')
      return honest()
    })
    await profile.pass(profile.mailbox('INBOX').id)
    inbox.setFlags(1, [])
    server.overrideOnce('EXAMINE', async ({ session, honest }) => {
      session.send('* VANISHED (EARLIER) 1:30\r\n')
      return honest()
    })
    await profile.pass(profile.mailbox('INBOX').id)
    expect(profile.messages('INBOX').map(each => each.id)).toEqual(before)
    expect(profile.subjects('INBOX')).toEqual(subjects(30))
  })

  test('an empty LIST is an error, and one that forgets a mailbox once takes nothing away', async () => {
    const { server, profile } = await start({}, 2)
    server.account.get('Archive').add(testMessage('old'))
    await profile.pass()
    server.overrideOnce('LIST', () => 'OK done')
    const session = await profile.connect()
    await expect(session.list()).rejects.toMatchObject({ code: 'protocol-violation' })
    await session.logout()
    server.overrideOnce('LIST', () => 'OK done')
    expect(await profile.passProblems()).toEqual(['protocol-violation'])
    expect(profile.subjects('Archive')).toEqual(['message old'])
    server.overrideOnce('LIST', ({ session }) => {
      for (const name of ['INBOX', 'Drafts', 'Sent', 'Trash', 'Junk'])
        session.send(`* LIST () "/" ${name}\r\n`)
      return 'OK done'
    })
    await profile.pass()
    expect(profile.subjects('Archive')).toEqual(['message old'])
    await profile.pass()
    expect(profile.mailbox('Archive').missingCount).toBe(0)
    server.account.delete('Archive')
    await profile.pass()
    await profile.pass()
    expect(profile.store.mailboxes.byPath(profile.accountId, 'Archive')).toBeNull()
  })
})

describe('answers that lie', () => {
  test('FETCH for UIDs nobody asked for adds nothing', async () => {
    const { server, profile } = await start({}, 3)
    server.override('UID FETCH', async ({ session, honest }) => {
      session.send(
        '* 99 FETCH (UID 4711 FLAGS (\\Seen) RFC822.SIZE 5 INTERNALDATE "01-Jan-2026 00:00:00 +0000" BODY[HEADER.FIELDS (SUBJECT)] {17}\r\nSubject: evil\r\n\r\n)\r\n',
      )
      session.send('* 98 FETCH (UID 4712 BODY[] {17}\r\nSubject: evil\r\n\r\n)\r\n')
      return honest()
    })
    await profile.sync.runOnce(profile.accountId, null)
    expect(profile.subjects('INBOX')).toEqual(subjects(3))
    expect(profile.messages('INBOX').every(each => each.bodyState === 'whole')).toBe(true)
  })

  test('a literal shorter than announced, and a connection cut inside one, leave no half message', async () => {
    const { server, profile } = await start({}, 3)
    server.override('UID FETCH', async ({ command, session, honest }) => {
      if (!command.line.includes('BODY.PEEK[]')) return honest()
      session.send('* 1 FETCH (UID 1 BODY[] {5000}\r\nSubject: half\r\n\r\nonly this')
      session.connection.end()
      return undefined
    })
    expect(await profile.passProblems()).toHaveLength(1)
    expect(profile.messages('INBOX').map(each => each.bodyState)).toEqual(['header', 'header', 'header'])
  })

  test('a literal longer than announced ends in an error or a clean message, never in a wrong one', async () => {
    const { server, profile } = await start({}, 1)
    const raw = Buffer.from(testMessage(1))
    const end = server.override('UID FETCH', async ({ command, session, honest }) => {
      if (!command.line.includes('BODY.PEEK[]')) return honest()
      session.send(`* 1 FETCH (UID 1 BODY[] {${raw.length - 20}}\r\n`)
      session.send(raw)
      session.send(')\r\n')
      return 'OK done'
    })
    await profile.sync.runOnce(profile.accountId, null)
    expect(profile.messages('INBOX').map(each => each.bodyState)).toEqual(['header'])
    end()
    await profile.pass()
    expect(Buffer.from(profile.store.messages.raw(profile.messages('INBOX')[0]!.id) ?? [])).toEqual(raw)
  })

  test('RFC822.SIZE may lie: what came counts', async () => {
    const { server, profile } = await start({}, 2)
    server.override('UID FETCH', async ({ session, honest }) => {
      const send = session.send.bind(session)
      session.send = data =>
        send(
          typeof data === 'string'
            ? data.replace(/RFC822\.SIZE \d+/g, 'RFC822.SIZE 7')
            : Buffer.from(
                Buffer.from(data)
                  .toString('latin1')
                  .replace(/RFC822\.SIZE \d+/g, 'RFC822.SIZE 7'),
                'latin1',
              ),
        )
      try {
        return await honest()
      } finally {
        session.send = send
      }
    })
    await profile.pass()
    expect(profile.messages('INBOX').map(each => [each.bodyState, each.sizeBytes])).toEqual([
      ['whole', 7],
      ['whole', 7],
    ])
    for (const each of profile.messages('INBOX'))
      expect(profile.store.messages.raw(each.id)?.length).toBe(testMessage(1).length)
  })

  test('an empty body and a NIL body are not a message', async () => {
    const { server, profile } = await start({}, 2)
    const end = server.override('UID FETCH', async ({ command, session, honest }) => {
      if (!command.line.includes('BODY.PEEK[]')) return honest()
      session.send('* 1 FETCH (UID 1 BODY[] "")\r\n* 2 FETCH (UID 2 BODY[] NIL)\r\n')
      return 'OK done'
    })
    await profile.pass()
    expect(profile.messages('INBOX').map(each => each.bodyState)).toEqual(['header', 'header'])
    end()
    await profile.pass()
    expect(profile.messages('INBOX').map(each => each.bodyState)).toEqual(['whole', 'whole'])
  })

  test('a SEARCH answer of four billion UIDs in twelve bytes is refused', async () => {
    const { server, profile } = await start({}, 2)
    const session = await profile.connect()
    await session.open('INBOX', { readOnly: true })
    server.overrideOnce('UID SEARCH', ({ command, session: wire }) => {
      wire.send(`* ESEARCH (TAG "${command.tag}") UID ALL 1:4294967295\r\n`)
      return 'OK done'
    })
    await expect(session.searchUids({})).rejects.toMatchObject({ code: 'protocol-violation' })
    expect(await session.searchUids({})).toEqual([1, 2])
    await session.logout()
  })

  test('too many mailboxes are refused', async () => {
    const { server, profile } = await start()
    server.overrideOnce('LIST', ({ session }) => {
      session.send('* LIST () "/" INBOX\r\n')
      for (let at = 0; at < 10_001; at++) session.send(`* LIST () "/" box${at}\r\n`)
      return 'OK done'
    })
    expect(await profile.passProblems()).toEqual(['protocol-violation'])
    expect(profile.store.mailboxes.rows(profile.accountId)).toEqual([])
  })

  test('hostile names come and go without harm, and each can be opened under its own name', async () => {
    const { server, profile } = await start()
    const wire = [
      '"&AOQ-rger"', // ärger
      '"Bad&Name"', // not modified UTF-7
      '"&Jjo"', // unterminated
      '"Bad&-Name"', // decodes to the same as a careless reader makes of the second
      '"inbox"',
      '"../../etc/passwd"',
      '"100% *real*"',
      '"a\\"b\\\\c"',
      '"&AAA-nul"',
      `"${'long/'.repeat(100)}end"`,
      '{9}\r\nwith\ttabs',
    ]
    const end = server.override('LIST', ({ session }) => {
      session.send(
        '* LIST (\\HasNoChildren) "/" INBOX\r\n* LIST () NIL flat\r\n* LIST (\\Noselect) "/" "closed"\r\n',
      )
      for (const name of wire) session.send(`* LIST () "/" ${name}\r\n`)
      session.send('* LIST () "/" "&AOQ-rger"\r\n')
      return 'OK done'
    })
    const session = await profile.connect()
    const listed = await session.list()
    const paths = listed.map(each => each.path)
    expect(new Set(paths).size).toBe(paths.length)
    expect(paths).toEqual(
      expect.arrayContaining([
        'INBOX',
        'flat',
        'ärger',
        'Bad&Name',
        '&Jjo',
        '../../etc/passwd',
        '100% *real*',
        'a"b\\c',
        'with\ttabs',
      ]),
    )
    expect(paths.filter(path => path.toLowerCase() === 'inbox')).toEqual(['INBOX'])
    expect(listed.find(each => each.path === 'closed')?.selectable).toBe(false)
    for (const path of ['ärger', 'Bad&Name', 'a"b\\c', '100% *real*']) {
      expect(await session.open(path, { readOnly: true }).catch(error => error.code)).toBe('mailbox-missing')
    }
    expect(server.sent('EXAMINE').map(line => line.replace(/ \(.*$/, ''))).toEqual([
      'EXAMINE "&AOQ-rger"',
      'EXAMINE "Bad&Name"',
      'EXAMINE "a\\"b\\\\c"',
      'EXAMINE "100% *real*"',
    ])
    end()
    await session.logout()
  })

  test('special use: one mailbox a role, attributes before names, German names where there is nothing better', async () => {
    const { server, profile } = await start()
    const listing = (lines: string[]) =>
      server.override('LIST', ({ session }) => {
        for (const line of lines) session.send(`* LIST ${line}\r\n`)
        return 'OK done'
      })
    const session = await profile.connect()
    const roles = async () => Object.fromEntries(roleFolders(await session.list(), null))
    listing([
      '() "/" INBOX',
      '() "/" Sent',
      '(\\Sent) "/" "Meine Post"',
      '(\\Sent) "/" Zweite',
      '(\\Trash) "/" INBOX',
    ])
    expect(await roles()).toEqual({ INBOX: 'inbox', 'Meine Post': 'sent' })
    listing([
      '() "/" INBOX',
      '() "/" Gesendet',
      '() "/" "Entw&APw-rfe"',
      '() "/" Papierkorb',
      '() "/" Spam',
      '() "/" Archiv',
      '() "/" "Projekt/Archiv"',
    ])
    expect(await roles()).toEqual({
      INBOX: 'inbox',
      Gesendet: 'sent',
      Entwürfe: 'drafts',
      Papierkorb: 'trash',
      Spam: 'junk',
      Archiv: 'archive',
    })
    listing(['() "." INBOX', '() "." "INBOX.Gesendete Objekte"', '() "." "INBOX.Gel&APY-schte Objekte"'])
    expect(await roles()).toEqual({
      INBOX: 'inbox',
      'INBOX.Gesendete Objekte': 'sent',
      'INBOX.Gelöschte Objekte': 'trash',
    })
    await session.logout()
  })
})
