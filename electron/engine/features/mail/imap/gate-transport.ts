import type { Duplex } from 'node:stream'
import type { ImapTransport, ImapTransportSocket } from 'imapflow'
import type { GateSocket, NetworkGate, TlsTrust } from '../../../ports/net/gate'
import { LateDuplex } from './late-duplex'

/**
 * imapflow's way to the net: a connection the gate has already opened, and the gate's STARTTLS. imapflow itself
 * opens nothing; a second connect on the same transport is a bug and throws.
 */
export function gateTransport(options: {
  gate: NetworkGate
  socket: GateSocket
  trust: TlsTrust
  timeoutMs: number
}): ImapTransport {
  const { gate, socket, trust, timeoutMs } = options
  let used = false
  return {
    connect(_destination, onConnect) {
      if (used) throw new Error('a gate transport carries one connection')
      used = true
      setImmediate(onConnect)
      return asTransportSocket(socket.stream)
    },
    upgrade(_plain, _destination, onSecure) {
      const late = new LateDuplex()
      gate.upgrade(socket, trust, { timeoutMs }).then(
        secure => {
          late.attach(secure.stream)
          onSecure()
        },
        (error: Error) => late.destroy(error),
      )
      return late
    },
  }
}

/** The gate's stream with the inactivity timer imapflow wants; sockets have one, other streams get a silent one. */
function asTransportSocket(stream: Duplex): ImapTransportSocket {
  if ('setTimeout' in stream) return stream as ImapTransportSocket
  return Object.assign(stream, { setTimeout: () => stream })
}
