import { connect } from 'node:tls'
import type { NetworkGate } from '../../electron/engine/ports/net/gate'

const never = () => Promise.reject(new Error('not measured'))

/** What a client without a gate would do: one `tls.connect`, checked by the runtime itself. For measuring only. */
export const plainGate: NetworkGate = {
  dialTls: ({ host, port }, trust) =>
    new Promise((resolve, reject) => {
      const stream = connect({
        host,
        port,
        servername: trust.serverName,
        ...(trust.caPem === null ? {} : { ca: trust.caPem }),
      })
      stream.setNoDelay(true)
      stream.once('error', reject)
      stream.once('secureConnect', () => {
        const tls = {
          version: stream.getProtocol() ?? '',
          cipher: stream.getCipher().name,
          fingerprint256: '',
        }
        resolve({ stream, tls })
      })
    }),
  dialClear: never,
  upgrade: never,
  http: never,
  httpsGet: never,
  httpsPost: never,
  resolveSrv: never,
  connections: () => [],
  closeAll: () => undefined,
  setOffline: () => undefined,
  onChange: () => () => undefined,
}
