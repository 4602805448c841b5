// leak-box-bridge.mjs PORT=SOCKET...   Inside the box: carries each loopback port to a unix socket outside.
import { once } from 'node:events'
import { connect, createServer } from 'node:net'

for (const pair of process.argv.slice(2)) {
  const [port, path] = pair.split('=')
  const server = createServer(socket => {
    const outside = connect(String(path))
    for (const [one, other] of [
      [socket, outside],
      [outside, socket],
    ]) {
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
    }
    socket.pipe(outside).pipe(socket)
  })
  server.listen(Number(port), '127.0.0.1')
  await once(server, 'listening')
}
process.stdout.write('ready\n')
