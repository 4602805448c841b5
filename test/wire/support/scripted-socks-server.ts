import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** What a client asked of the proxy, as it was on the wire. */
export type SocksAsk = Readonly<{
  methods: readonly number[]
  user: string | null
  password: string | null
  command: number
  addressType: number
  host: string
  port: number
}>

/** Deviations from a well-behaved proxy. */
export type SocksScript = Readonly<{
  /** Answered instead of the method that fits: e.g. 0xff. */
  method?: number
  /** Status of the sign-in; 0 is good. */
  login?: number
  /** The bytes answered to the request. Default: success with an IPv4 address. */
  answer?: Uint8Array | ((ask: SocksAsk) => Uint8Array)
  /** Sent in pieces of one byte with this pause between them. */
  dripMs?: number
  /** Says nothing from this step on. */
  silentAt?: 'greeting' | 'login' | 'request'
  /** Hangs up after the answer. */
  hangsUp?: boolean
  /** Where a granted request leads: a local port. Default: nowhere, the stream stays open. */
  target?: (ask: SocksAsk) => number
  /** Sent as if the far server spoke at once, in the same packet as the answer. */
  firstWords?: string
}>

/** Success, bound to 0.0.0.0:0. */
export const granted = Uint8Array.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0)

/** What Tor says to its own RESOLVE command for the address that it is probed with, and to everything else. */
export const answersLikeTor = ({ command }: SocksAsk): Uint8Array =>
  command === 0xf0 ? Uint8Array.of(5, 0, 0, 1, 192, 0, 2, 1, 0, 0) : granted

/** A SOCKS5 proxy (RFC 1928) that follows a script and keeps what it was asked. `port`: 0 is any. */
export async function startSocksServer(initial: SocksScript = {}, port = 0) {
  const asked: SocksAsk[] = []
  const sockets = new Set<Socket>()
  let script = initial
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => {})
    void serve(socket, script, asked, sockets).catch(() => socket.destroy())
  })
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    script(next: SocksScript) {
      script = next
    },
    /** Ends every stream, as when Tor is killed, and takes no new ones. */
    stop: () =>
      new Promise<void>(resolve => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

async function serve(socket: Socket, script: SocksScript, asked: SocksAsk[], sockets: Set<Socket>) {
  let wake = () => {}
  // One listener for good: a new one beside unread bytes would be told of them at once, again and again.
  for (const event of ['readable', 'close']) socket.on(event, () => wake())
  const take = async (count: number): Promise<Buffer> => {
    for (;;) {
      if (socket.destroyed) throw new Error('gone')
      const bytes: Buffer | null = socket.read(count)
      if (bytes !== null) return bytes
      await new Promise<void>(resolve => {
        wake = resolve
      })
    }
  }
  const say = async (bytes: Uint8Array) => {
    if (script.dripMs === undefined) return void socket.write(bytes)
    for (const byte of bytes) {
      socket.write(Uint8Array.of(byte))
      await new Promise(resolve => setTimeout(resolve, script.dripMs))
    }
  }
  const [, count = 0] = await take(2)
  const methods = [...(await take(count))]
  if (script.silentAt === 'greeting') return
  await say(Uint8Array.of(5, script.method ?? methods[0] ?? 0xff))
  let user: string | null = null
  let password: string | null = null
  if ((script.method ?? methods[0]) === 2) {
    const [, userLength = 0] = await take(2)
    user = (await take(userLength)).toString()
    const [length = 0] = await take(1)
    password = (await take(length)).toString()
    if (script.silentAt === 'login') return
    await say(Uint8Array.of(1, script.login ?? 0))
  }
  const [, command = 0, , addressType = 0] = await take(4)
  const length = addressType === 3 ? ((await take(1))[0] ?? 0) : addressType === 4 ? 16 : 4
  const address = await take(length)
  const host = addressType === 3 ? address.toString('latin1') : [...address].join('.')
  const ask: SocksAsk = {
    methods,
    user,
    password,
    command,
    addressType,
    host,
    port: (await take(2)).readUInt16BE(),
  }
  asked.push(ask)
  if (script.silentAt === 'request') return
  const answer = typeof script.answer === 'function' ? script.answer(ask) : (script.answer ?? granted)
  const first = Buffer.from(script.firstWords ?? '')
  await say(Buffer.concat([answer, first]))
  if (script.hangsUp === true) return void socket.end()
  socket.removeAllListeners('readable')
  if (script.target) {
    const onward = connect(script.target(ask), '127.0.0.1')
    sockets.add(onward)
    onward.on('error', () => socket.destroy())
    onward.on('close', () => socket.destroy())
    socket.on('close', () => onward.destroy())
    socket.pipe(onward).pipe(socket)
  }
}
