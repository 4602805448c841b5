import type { ImapAnswer, ImapCommandContext } from './imap-command-context'
import { fetchAnswer } from './imap-fetch'
import {
  appendCommand,
  copyCommand,
  expungeCommand,
  fetchCommand,
  searchCommand,
  storeCommand,
} from './imap-message-commands'
import type { ScriptedMailbox } from './imap-model'
import { decodeMailboxName, encodeMailboxName, imapSet, imapString, inImapSet } from './imap-names'
import { asList, asText, type ImapArgument } from './imap-parser'
import type { ImapSession } from './imap-session'

type Handler = (context: ImapCommandContext) => ImapAnswer

/** The answer an honest server gives. */
export function defaultImapAnswer(context: ImapCommandContext): ImapAnswer {
  const { session, server } = context
  const { name } = context.command
  const needed = requiredCapability[name]
  if (needed !== undefined && !server.offers(needed)) return `BAD unknown command ${name}`
  if (name in anyState) return anyState[name]!(context)
  if (name in authenticatedState || name in selectedState) {
    if (!session.authenticated) return 'BAD log in first'
    const handler = authenticatedState[name]
    if (handler) return handler(context)
    if (!session.mailbox) return 'BAD no mailbox is selected'
    return selectedState[name]!(context)
  }
  return `BAD unknown command ${name}`
}

const requiredCapability: Readonly<Record<string, string>> = {
  ID: 'ID',
  ENABLE: 'ENABLE',
  IDLE: 'IDLE',
  NAMESPACE: 'NAMESPACE',
  UNSELECT: 'UNSELECT',
  MOVE: 'MOVE',
  'UID MOVE': 'MOVE',
  'UID EXPUNGE': 'UIDPLUS',
}

const anyState: Readonly<Record<string, Handler>> = {
  CAPABILITY: ({ session, server }) => {
    session.send(`* CAPABILITY ${server.capabilities(session).join(' ')}\r\n`)
    return 'OK done'
  },
  NOOP: () => 'OK done',
  ID: ({ session }) => {
    session.send('* ID NIL\r\n')
    return 'OK done'
  },
  LOGOUT: ({ session }) => {
    session.send('* BYE until next time\r\n')
    session.loggedOut = true
    return 'OK done'
  },
  STARTTLS: async ({ session, server, command }) => {
    if (session.connection.secure || !server.capabilities(session).includes('STARTTLS'))
      return 'BAD no STARTTLS here'
    await server.startTls(session, command.tag)
    return undefined
  },
  LOGIN: context => {
    if (!authAllowed(context)) return 'NO [PRIVACYREQUIRED] not without TLS'
    const [user, password] = context.arguments.map(asText)
    return authenticate(context, user, password)
  },
  AUTHENTICATE: async context => {
    if (!authAllowed(context)) return 'NO [PRIVACYREQUIRED] not without TLS'
    const mechanism = asText(context.arguments[0]).toUpperCase()
    const initial = context.arguments[1]
    const ask = async (challenge: string) => {
      context.session.send(`+ ${challenge}\r\n`)
      const line = await context.session.connection.readLine()
      return Buffer.from(line?.toString('latin1') ?? '', 'base64').toString()
    }
    if (mechanism === 'PLAIN') {
      const answer = initial === undefined ? await ask('') : Buffer.from(asText(initial), 'base64').toString()
      const [, user, password] = answer.split('\0')
      return authenticate(context, user, password)
    }
    if (mechanism === 'LOGIN') {
      const user = await ask(Buffer.from('Username:').toString('base64'))
      return authenticate(context, user, await ask(Buffer.from('Password:').toString('base64')))
    }
    return 'NO unknown mechanism'
  },
}

function authAllowed({ session, server }: ImapCommandContext): boolean {
  return !server.capabilities(session).includes('LOGINDISABLED')
}

function authenticate({ session, server }: ImapCommandContext, user?: string, password?: string): string {
  if (user !== server.user || password !== server.password)
    return 'NO [AUTHENTICATIONFAILED] wrong user or password'
  session.authenticated = true
  return `OK [CAPABILITY ${server.capabilities(session).join(' ')}] welcome`
}

const authenticatedState: Readonly<Record<string, Handler>> = {
  ENABLE: ({ session, server, arguments: names }) => {
    const enabled = names.map(name => asText(name).toUpperCase()).filter(name => server.offers(name))
    for (const name of enabled) session.enabled.add(name)
    if (enabled.length > 0) session.modseqAware = server.offers('CONDSTORE')
    session.send(`* ENABLED${enabled.map(name => ` ${name}`).join('')}\r\n`)
    return 'OK done'
  },
  NAMESPACE: ({ session }) => {
    session.send('* NAMESPACE (("" "/")) NIL NIL\r\n')
    return 'OK done'
  },
  LIST: context => listCommand(context, 'LIST'),
  LSUB: context => listCommand(context, 'LSUB'),
  STATUS: context => {
    const mailbox = named(context)
    if (!mailbox || mailbox.attributes.includes('\\Noselect')) return 'NO [NONEXISTENT] no such mailbox'
    context.session.send(statusLine(context, mailbox, asList(context.arguments[1]).map(asText)))
    return 'OK done'
  },
  SELECT: context => selectCommand(context, false),
  EXAMINE: context => selectCommand(context, true),
  CREATE: ({ server, arguments: [name] }) => {
    const wanted = decodeMailboxName(asText(name)).replace(/\/$/, '')
    if (server.account.find(wanted)) return 'NO [ALREADYEXISTS] it exists'
    server.account.add(wanted, {
      uidValidity: 1_800_000_000 + server.account.mailboxes.size,
      subscribed: false,
    })
    return 'OK done'
  },
  DELETE: context => {
    const mailbox = named(context)
    if (!mailbox) return 'NO [NONEXISTENT] no such mailbox'
    context.server.account.delete(mailbox.name)
    return 'OK done'
  },
  RENAME: context => {
    const mailbox = named(context)
    if (!mailbox) return 'NO [NONEXISTENT] no such mailbox'
    const to = decodeMailboxName(asText(context.arguments[1]))
    if (context.server.account.find(to)) return 'NO [ALREADYEXISTS] it exists'
    context.server.account.rename(mailbox.name, to)
    return 'OK done'
  },
  SUBSCRIBE: context => subscribe(context, true),
  UNSUBSCRIBE: context => subscribe(context, false),
  APPEND: appendCommand,
  IDLE: async ({ session, command }) => {
    session.send('+ idling\r\n')
    session.idleTag = command.tag
    session.flush()
    const line = await session.connection.readLine()
    session.idleTag = undefined
    return line?.toString('latin1').toUpperCase() === 'DONE' ? 'OK done' : 'BAD expected DONE'
  },
}

const selectedState: Readonly<Record<string, Handler>> = {
  CHECK: () => 'OK done',
  CLOSE: ({ session }) => {
    const deleted = session.mailbox!.messages.filter(message => message.flags.has('\\Deleted'))
    if (!session.readOnly) session.mailbox!.expunge(...deleted.map(message => message.uid))
    session.unselect()
    return 'OK done'
  },
  UNSELECT: ({ session }) => {
    session.unselect()
    return 'OK done'
  },
  FETCH: context => fetchCommand(context, 'sequence'),
  'UID FETCH': context => fetchCommand(context, 'uid'),
  SEARCH: context => searchCommand(context, 'sequence'),
  'UID SEARCH': context => searchCommand(context, 'uid'),
  STORE: context => storeCommand(context, 'sequence'),
  'UID STORE': context => storeCommand(context, 'uid'),
  COPY: context => copyCommand(context, 'sequence', false),
  'UID COPY': context => copyCommand(context, 'uid', false),
  MOVE: context => copyCommand(context, 'sequence', true),
  'UID MOVE': context => copyCommand(context, 'uid', true),
  EXPUNGE: context => expungeCommand(context, undefined),
  'UID EXPUNGE': context => expungeCommand(context, asText(context.arguments[0])),
}

/** The mailbox the first argument names. */
function named({ server, arguments: [name] }: ImapCommandContext): ScriptedMailbox | undefined {
  return server.account.find(decodeMailboxName(asText(name)))
}

function subscribe(context: ImapCommandContext, subscribed: boolean): string {
  const mailbox = named(context)
  if (!mailbox) return 'NO [NONEXISTENT] no such mailbox'
  mailbox.subscribed = subscribed
  return 'OK done'
}

function listCommand(context: ImapCommandContext, kind: 'LIST' | 'LSUB'): string {
  const { session, server } = context
  const all = [...context.arguments]
  const selection = Array.isArray(all[0]) ? asList(all.shift()).map(word => asText(word).toUpperCase()) : []
  const [reference = '', pattern] = all
  const patterns = asList(pattern).map(one => asText(reference) + decodeMailboxName(asText(one)))
  if (patterns.length === 1 && patterns[0] === '') {
    session.send(`* ${kind} (\\Noselect) "/" ""\r\n`)
    return 'OK done'
  }
  const returned = all.findIndex(one => asText(one).toUpperCase() === 'RETURN')
  const options = returned < 0 ? [] : asList(all[returned + 1])
  const status = options.findIndex(one => asText(one).toUpperCase() === 'STATUS')
  for (const mailbox of server.account.mailboxes.values()) {
    if (!patterns.some(one => matches(mailbox.name, one))) continue
    if ((kind === 'LSUB' || selection.includes('SUBSCRIBED')) && !mailbox.subscribed) continue
    const hasChildren = [...server.account.mailboxes.keys()].some(name => name.startsWith(`${mailbox.name}/`))
    const attributes = [...mailbox.attributes, hasChildren ? '\\HasChildren' : '\\HasNoChildren']
    if (mailbox.subscribed && server.offers('LIST-EXTENDED')) attributes.push('\\Subscribed')
    session.send(`* ${kind} (${attributes.join(' ')}) "/" ${imapString(encodeMailboxName(mailbox.name))}\r\n`)
    if (status >= 0 && !mailbox.attributes.includes('\\Noselect')) {
      session.send(statusLine(context, mailbox, asList(options[status + 1]).map(asText)))
    }
  }
  return 'OK done'
}

function matches(name: string, pattern: string): boolean {
  const expression = pattern
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('%', '[^/]*')
  return new RegExp(`^${expression}$`, /^inbox$/i.test(pattern) ? 'is' : 's').test(name)
}

function statusLine(
  { server }: ImapCommandContext,
  mailbox: ScriptedMailbox,
  items: readonly string[],
): string {
  const values: Record<string, number | undefined> = {
    MESSAGES: mailbox.messages.length,
    RECENT: 0,
    UNSEEN: mailbox.messages.filter(message => !message.flags.has('\\Seen')).length,
    UIDNEXT: mailbox.uidNext,
    UIDVALIDITY: mailbox.uidValidity,
    HIGHESTMODSEQ: server.offers('CONDSTORE') ? mailbox.highestModseq : undefined,
    SIZE: mailbox.messages.reduce((sum, message) => sum + message.raw.length, 0),
  }
  const known = items.map(item => item.toUpperCase()).filter(item => values[item] !== undefined)
  const list = known.map(item => `${item} ${values[item]}`).join(' ')
  return `* STATUS ${imapString(encodeMailboxName(mailbox.name))} (${list})\r\n`
}

function selectCommand(context: ImapCommandContext, readOnly: boolean): string {
  const { session, server } = context
  const mailbox = named(context)
  if (!mailbox || mailbox.attributes.includes('\\Noselect')) {
    session.unselect()
    return 'NO [NONEXISTENT] no such mailbox'
  }
  const options = asList(context.arguments[1])
  const condstore = server.offers('CONDSTORE')
  if (options.length > 0 && condstore) session.modseqAware = true
  session.select(mailbox, readOnly)
  const flags = '\\Answered \\Flagged \\Deleted \\Seen \\Draft'
  session.send(
    `* FLAGS (${flags})\r\n* OK [PERMANENTFLAGS (${flags} \\*)] limits\r\n* ${mailbox.messages.length} EXISTS\r\n` +
      `* 0 RECENT\r\n* OK [UIDVALIDITY ${mailbox.uidValidity}] UIDs valid\r\n* OK [UIDNEXT ${mailbox.uidNext}] next\r\n` +
      (condstore ? `* OK [HIGHESTMODSEQ ${mailbox.highestModseq}] highest\r\n` : ''),
  )
  const qresync = options.findIndex(option => asText(option).toUpperCase() === 'QRESYNC')
  if (qresync >= 0 && server.offers('QRESYNC')) resync(session, mailbox, asList(options[qresync + 1]))
  return `OK [${readOnly ? 'READ-ONLY' : 'READ-WRITE'}] selected`
}

/** The changes since the client was here (RFC 7162 section 3.2.5). */
function resync(session: ImapSession, mailbox: ScriptedMailbox, parameters: readonly ImapArgument[]): void {
  const [uidValidity, modseq, knownUids] = parameters.map(asText)
  if (Number(uidValidity) !== mailbox.uidValidity) return
  const since = Number(modseq)
  const gone = mailbox.vanished
    .filter(one => one.modseq > since && (!knownUids || inImapSet(knownUids, one.uid, mailbox.uidNext)))
    .map(one => one.uid)
  if (gone.length > 0) session.send(`* VANISHED (EARLIER) ${imapSet(gone)}\r\n`)
  for (const { sequence, message } of session.candidates()) {
    if (message.modseq > since) session.send(fetchAnswer(sequence, message, ['UID', 'FLAGS', 'MODSEQ']))
  }
}
