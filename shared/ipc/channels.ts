/** The one channel for calls; the name of the call travels inside. */
export const callChannel = 'siegel:call'

/** The one channel for events; the name of the event travels inside. */
export const eventChannel = 'siegel:event'

/** On this channel a page asks for a port, and on it the port comes. */
export const doorChannel = 'siegel:door'
