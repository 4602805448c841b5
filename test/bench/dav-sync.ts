import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DavServer, type DavServerOnDisk, startRadicale, startXandikos } from '../rig/dav-servers'
import { vdirsyncer } from '../rig/vdirsyncer'
import { median, readable, type Timed, timed } from './measure'
import { type BenchOptions, type BenchTable, ratio, type Scenario, verdict } from './scenario'
import { SiegelCommandLine } from './siegel'

const two = (number: number): string => String(number).padStart(2, '0')

/** Events as people have them. */
const eventsOf = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) =>
    [
      ...['BEGIN:VEVENT', `UID:bench-${at}`, 'DTSTAMP:20260101T000000Z'],
      `DTSTART:2026${two(1 + (at % 12))}${two(1 + (at % 28))}T${two(8 + (at % 10))}0000Z`,
      ...[
        'DURATION:PT1H',
        `SUMMARY:Meeting ${at} about the plans of the year`,
        'LOCATION:Room 5\\, second floor',
      ],
      `DESCRIPTION:${'What is to be talked about. '.repeat(10)}`,
      ...(at % 10 === 0 ? ['RRULE:FREQ=WEEKLY;COUNT=20'] : []),
      ...['END:VEVENT', ''],
    ].join('\r\n'),
  )

/** One file, which Radicale takes as a whole calendar. */
const calendarOf = (events: readonly string[]): string =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Bench//EN\r\n${events.join('')}END:VCALENDAR\r\n`

const cardsOf = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, at) =>
    [
      ...['BEGIN:VCARD', 'VERSION:3.0', `UID:card-${at}`, `FN:Eva Example ${at}`, `N:Example ${at};Eva;;;`],
      ...[`EMAIL;TYPE=home:eva${at}@example.org`, `TEL;TYPE=cell:+49 170 ${at}`, 'ORG:Example Ltd'],
      ...[`NOTE:${'Met at the fair. '.repeat(5)}`, 'END:VCARD', ''],
    ].join('\r\n'),
  )

/** `path`: on Radicale. `repository`: of Xandikos, in its folder, and its path there. */
const collections = {
  calendars: {
    ...{ path: 'alice%40rig.test/work/', repository: 'user/calendars/calendar/', extension: 'ics' },
    type: 'text/calendar',
    objects: (count: number) => eventsOf(count).map(event => calendarOf([event])),
    whole: (count: number) => calendarOf(eventsOf(count)),
  },
  contacts: {
    ...{ path: 'alice%40rig.test/people/', repository: 'user/contacts/addressbook/', extension: 'vcf' },
    type: 'text/vcard',
    objects: cardsOf,
    whole: (count: number) => cardsOf(count).join(''),
  },
} as const
const kinds = ['calendars', 'contacts'] as const
type Kind = (typeof kinds)[number]

async function fill(server: DavServerOnDisk, folder: string, count: number): Promise<void> {
  const ca = join(folder, 'fill-ca.pem')
  writeFileSync(ca, server.ca)
  for (const kind of kinds) {
    const { path, type, whole } = collections[kind]
    const file = join(folder, `${kind}.txt`)
    writeFileSync(file, whole(count))
    await timed('curl', [
      ...['-sSf', '--cacert', ca, '-u', `${server.userName}:${server.password}`, '-X', 'PUT'],
      ...['-H', `Content-Type: ${type}`, '--data-binary', `@${file}`, `${server.url}${path}`],
    ])
  }
}

/** Xandikos takes no whole collection at once; what it keeps is a git repository, which takes files. */
async function fillRepository(server: DavServerOnDisk, _folder: string, count: number): Promise<void> {
  for (const kind of kinds) {
    const { repository, extension, objects } = collections[kind]
    const files = join(server.folder, repository)
    objects(count).forEach((object, at) => {
      writeFileSync(join(files, `bench-${at}.${extension}`), object)
    })
    const git = (...args: string[]) =>
      timed('git', [
        ...[
          '-c',
          'safe.directory=*',
          '-c',
          'user.name=bench',
          '-c',
          'user.email=bench@localhost',
          '-C',
          files,
        ],
        ...args,
      ])
    await git('add', '.')
    await git('commit', '-q', '-m', 'bench')
    const { uid, gid } = statSync(server.folder)
    await timed('chown', ['-R', `${uid}:${gid}`, files])
  }
}

type Sample = { first: Timed; again: Timed }

async function siegelRound(server: DavServer, kind: Kind): Promise<Sample> {
  const folder = mkdtempSync(join(tmpdir(), 'siegel-bench-'))
  try {
    const siegel = new SiegelCommandLine(folder)
    await siegel.create()
    const [ca, password] = ['ca.pem', 'password'].map(name => join(folder, name)) as [string, string]
    writeFileSync(ca, server.ca)
    writeFileSync(password, `${server.password}\n`, { mode: 0o600 })
    await siegel.run(
      ...['account', 'add-dav', '--url', server.url, '--user', server.userName],
      ...['--password-file', password, '--ca', ca],
    )
    const pass = () => siegel.run(kind === 'calendars' ? 'calendar' : 'contacts', 'sync')
    return { first: await pass(), again: await pass() }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function peerRound(server: DavServer, kind: Kind, path: string): Promise<Sample> {
  const folder = mkdtempSync(join(tmpdir(), 'siegel-bench-'))
  try {
    const peer = vdirsyncer(folder, server, [{ kind, url: `${server.url}${path}` }])
    await peer.run('discover')
    const pass = () => timed(peer.file, peer.arguments('sync'))
    return { first: await pass(), again: await pass() }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const servers = {
  Radicale: { start: startRadicale, fill, place: 'path' },
  Xandikos: { start: startXandikos, fill: fillRepository, place: 'repository' },
} as const

/** The first sync of a calendar and of an address book, in turns with vdirsyncer on the same server. */
async function run({ quick, rounds, say }: BenchOptions): Promise<readonly BenchTable[]> {
  const count = quick ? 500 : 5000
  const rows: string[][] = []
  const verdicts = []
  for (const name of ['Radicale', 'Xandikos'] as const) {
    const folder = mkdtempSync(join(tmpdir(), 'siegel-bench-dav-'))
    const server = await servers[name].start()
    try {
      await servers[name].fill(server, folder, count)
      for (const kind of kinds) {
        const path = collections[kind][servers[name].place]
        // Servers make caches at the first look; what each of the two programs makes them make is there before it is timed.
        const cold = { ours: await siegelRound(server, kind), theirs: await peerRound(server, kind, path) }
        const ours: Sample[] = []
        const theirs: Sample[] = []
        for (let round = 0; round < rounds; round += 1) {
          say(`DAV, ${name}, ${kind}, round ${round + 1} of ${rounds}`)
          ours.push(await siegelRound(server, kind))
          theirs.push(await peerRound(server, kind, path))
        }
        const row = (program: string, samples: readonly Sample[], first: Sample) => [
          ...[`${name}, ${kind}`, program, readable(median(samples.map(each => each.first.ms)))],
          readable(median(samples.map(each => each.first.cpuMs))),
          ...[readable(median(samples.map(each => each.again.ms))), readable(first.first.ms)],
        ]
        rows.push(row('vdirsyncer', theirs, cold.theirs), row('Siegel', ours, cold.ours))
        const shares = ours.map((each, at) => each.first.ms / (theirs[at]?.first.ms ?? Number.NaN))
        verdicts.push(verdict(`${name}, ${kind}, beside vdirsyncer`, median(shares), 0.5, ratio))
      }
    } finally {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  }
  return [
    {
      title: 'First sync of calendars and address books',
      about: `${count} events and ${count} contacts; whole processes in turns. Siegel starts Node, derives its key with Argon2, finds the collections, and has every object parsed, in the encrypted store and indexed by time and by words; vdirsyncer 0.19 writes a file an object. Both fetch by multiget, so much of both times is the server's. "Cold": the first program ever that asks this server, Siegel before vdirsyncer; Radicale then makes what its sync tokens need, with a file an object.`,
      head: ['', '', 'first sync', 'processor time', 'again without change', 'cold'],
      rows,
      verdicts,
    },
  ]
}

export const davSync: Scenario = { name: 'dav-sync', run }
