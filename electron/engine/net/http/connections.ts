import { createHash } from 'node:crypto'
import { Agent, type ClientRequestArgs } from 'node:http'
import type { Duplex } from 'node:stream'
import type { HttpOptions, HttpRequest } from '../../ports/net/http'

/** Idle connections that are kept for one account, purpose and place, and for how long: servers close theirs after 5 to 75 s. */
const idlePerPlace = 2
const idleMs = 20_000

/** What the agent is told of a request beside what Node tells it; `open` opens a connection through the gate. */
export type PooledRequest = ClientRequestArgs & {
  poolKey: string
  open: () => Promise<Duplex>
}

/** Which requests may follow each other on one connection: those that travel in the same way, for the same, to the same place. */
export function poolKeyOf(request: HttpRequest, { caPem }: HttpOptions): string {
  const { accountId, purpose, host, port, service, overTor, likeAccount, ownWay, publicOnly } = request
  const authorities = caPem ? createHash('sha256').update(caPem).digest('hex') : null
  return JSON.stringify([
    accountId,
    purpose,
    host,
    port,
    service,
    overTor,
    likeAccount,
    ownWay,
    publicOnly,
    authorities,
  ])
}

/** Keeps idle connections by `poolKeyOf`; each is opened by the gate, which also sees it close. */
export class Connections extends Agent {
  constructor() {
    super({ keepAlive: true, maxFreeSockets: idlePerPlace, timeout: idleMs })
  }

  override getName(options?: PooledRequest): string {
    return options?.poolKey ?? ''
  }

  override createConnection(
    options: PooledRequest,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    options.open().then(
      stream => callback?.(null, stream),
      // Node's types know no failure without a stream.
      (error: Error) => (callback as ((error: Error) => void) | undefined)?.(error),
    )
  }
}
