import type { BodyFit, BodyFitRequest } from '../../../shared/features/mail/body-fit'
import type { MainHandlers } from '../answer-call'

/** How HTML bodies stand in their frames. */
export const bodyHandlers = (
  fit: (request: BodyFitRequest) => Promise<BodyFit>,
): Pick<MainHandlers, 'bodies.fit'> => ({ 'bodies.fit': fit })
