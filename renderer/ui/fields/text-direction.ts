/**
 * Characters that set the direction of what follows them (UAX #9): in a name or a subject they could turn round what stands
 * beside it. The marks LRM, RLM and ALM only say what a neighbouring character is, and stay.
 */
const controls = /[\u202a-\u202e\u2066-\u2069]/g

/** A text without characters that turn round what stands beside it. */
export const withoutControls = (text: string): string => text.replaceAll(controls, '')
