/** From where to where wall times are wanted (see TimeValue); more than these may be given before `fromMs`. */
export type WallSpan = Readonly<{ fromMs: number; toMs: number }>
