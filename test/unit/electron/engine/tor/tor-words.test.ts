import { describe, expect, test } from 'vitest'
import { parseBridge } from '../../../../../electron/engine/tor/bridges'
import { Circuits } from '../../../../../electron/engine/tor/circuits'
import { ControlLines, keywords } from '../../../../../electron/engine/tor/control-lines'
import { exitTarget, torrc, transportProgram } from '../../../../../electron/engine/tor/torrc'
import { isRecent, versionIn } from '../../../../../electron/engine/tor/version'

const fingerprint = 'A'.repeat(40)

describe('bridges pasted by the user', () => {
  test.each([
    [`192.0.2.3:443 ${fingerprint.toLowerCase()}`, `192.0.2.3:443 ${fingerprint}`],
    ['[2001:db8::1]:443', '[2001:db8::1]:443'],
    [
      `Bridge obfs4 192.0.2.3:80 ${fingerprint} cert=ab+/c iat-mode=0`,
      `obfs4 192.0.2.3:80 ${fingerprint} cert=ab+/c iat-mode=0`,
    ],
    [
      `snowflake 192.0.2.3:80 ${fingerprint} url=https://a.example/ fronts=b.example,c.example ice=stun:d.example:3478`,
      `snowflake 192.0.2.3:80 ${fingerprint} url=https://a.example/ fronts=b.example,c.example ice=stun:d.example:3478`,
    ],
  ])('%s is taken', (pasted, line) => {
    expect(parseBridge(pasted)?.line).toBe(line)
  })

  test.each([
    ['a second line', `192.0.2.3:443 ${fingerprint}\nControlPort 9051`],
    ['a carriage return', '192.0.2.3:443\rSocksPort 0'],
    ['a comment', 'obfs4 192.0.2.3:80 cert=a #x'],
    ['a quote', 'obfs4 192.0.2.3:80 cert="a"'],
    ['a backslash', 'obfs4 192.0.2.3:80 cert=a\\'],
    ['a host name', `bridge.example:443 ${fingerprint}`],
    ['another program', 'exec 192.0.2.3:80 cert=a'],
    ['arguments on a plain bridge', '192.0.2.3:443 x=1'],
    ['obfs4 without its key', `obfs4 192.0.2.3:80 ${fingerprint}`],
    ['a bad port', '192.0.2.3:70000'],
    ['a bad address', '192.0.2.300:443'],
    ['too much', `obfs4 192.0.2.3:80 cert=${'a'.repeat(2000)}`],
  ])('%s is refused', (_what, pasted) => {
    expect(parseBridge(pasted)).toBeNull()
  })
})

describe('the configuration of an own Tor', () => {
  const parts = { ownerPid: 1, bridges: [], programs: {}, exits: [], extraLines: [] }

  test('quotes the folder, isolates by credentials and ends with its owner', () => {
    const text = torrc({ ...parts, directory: '/home/a "b"' })
    expect(text).toContain('DataDirectory "/home/a \\"b\\"/data"\n')
    expect(text).toContain('IsolateSOCKSAuth')
    expect(text).toContain('__OwningControllerProcess 1\n')
  })

  test('refuses a folder and an exit that would add a line', () => {
    expect(() => torrc({ ...parts, directory: '/a\nControlPort 1' })).toThrow()
    expect(() => exitTarget({ host: 'a\nb', fingerprint })).toThrow()
    expect(exitTarget({ host: 'imap.example.org', fingerprint })).toBe(`imap.example.org.${fingerprint}.exit`)
  })

  test('snowflake lines are handed to the installed client, as they were pasted', () => {
    const pasted = `snowflake 192.0.2.3:80 ${fingerprint} url=https://broker.example/ fronts=b.example,c.example ice=stun:d.example:3478`
    const bridge = parseBridge(pasted)
    const program = transportProgram('snowflake', path => path === '/usr/bin/snowflake-client')
    expect([bridge?.transport, program]).toEqual(['snowflake', '/usr/bin/snowflake-client'])
    const text = torrc({
      ...parts,
      directory: '/home/a',
      bridges: bridge ? [bridge] : [],
      programs: { snowflake: program ?? '' },
    })
    expect(text).toContain('\nUseBridges 1\nClientTransportPlugin snowflake exec /usr/bin/snowflake-client\n')
    expect(text).toContain(`\nBridge ${pasted}\n`)
  })

  test('a transport that is not installed is missing', () => {
    expect(transportProgram('obfs4', () => false)).toBeNull()
    expect(transportProgram('obfs4', path => path === '/usr/bin/obfs4proxy')).toBe('/usr/bin/obfs4proxy')
  })
})

test.each([
  ['Tor version 0.4.9.11.', '0.4.9.11', true],
  ['Tor version 0.4.8.0.', '0.4.8.0', true],
  ['Tor version 0.4.7.16.', '0.4.7.16', false],
  ['0.5.0.1-alpha (git-x)', '0.5.0.1-alpha', true],
])('%s may be used: %s %s', (text, version, recent) => {
  expect(versionIn(text)).toBe(version)
  expect(isRecent(version)).toBe(recent)
})

describe('the control port', () => {
  test('replies are whole however the bytes come, with events between them', () => {
    const lines = new ControlLines()
    const text = '250+circuit-status=\r\n1 BUILT\r\n..x\r\n.\r\n250 OK\r\n650 STREAM 1 NEW\r\n512 no\r\n'
    const replies = [...text].flatMap(byte => lines.take(byte))
    expect(replies).toEqual([
      { code: 250, lines: ['circuit-status=', '1 BUILT', '.x', 'OK'] },
      { code: 650, lines: ['STREAM 1 NEW'] },
      { code: 512, lines: ['no'] },
    ])
  })

  test('something else on the port, and a reply without end, are refused', () => {
    expect(() => new ControlLines().take('HTTP/1.1 400\r\n')).toThrow()
    expect(() => new ControlLines().take('x'.repeat(5_000_000))).toThrow()
  })

  test('quoted values are read whole', () => {
    expect(keywords('AUTH METHODS=COOKIE,SAFECOOKIE COOKIEFILE="/a \\"b\\"/c"').get('COOKIEFILE')).toBe(
      '/a "b"/c',
    )
  })

  test('a connection is known by its port until another one has it', () => {
    const circuits = new Circuits()
    circuits.circuit(`5 BUILT $${fingerprint}~guard,$${'B'.repeat(40)}~exit BUILD_FLAGS=x`)
    circuits.event('STREAM 9 NEW 0 a.example:993 SOURCE_ADDR=127.0.0.1:40001 PURPOSE=USER')
    expect(circuits.of(40001)).toBeNull()
    circuits.event('STREAM 9 SENTCONNECT 5 a.example:993')
    expect(circuits.of(40001)).toEqual({
      id: '5',
      path: [
        { fingerprint, nickname: 'guard' },
        { fingerprint: 'B'.repeat(40), nickname: 'exit' },
      ],
    })
    circuits.event('STREAM 10 NEW 0 b.example:25 SOURCE_ADDR=127.0.0.1:40001 PURPOSE=USER')
    expect(circuits.of(40001)).toBeNull()
    expect(circuits.of(1)).toBeNull()
  })
})
