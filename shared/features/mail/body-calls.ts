import type { Calls } from '../../ipc/call'
import { bodyFit, bodyFitRequest } from './body-fit'

/** How HTML bodies stand in their frames. */
export const bodyCalls = {
  /** Sets the body that the page shows in a frame for the width the frame has now. */
  'bodies.fit': { kind: 'query', host: 'main', face: 'all', in: bodyFitRequest, out: bodyFit },
} as const satisfies Calls
