/**
 * Stands at a picture of a body that is a dark shape on transparent ground, as the engine judged it; the script in the frame gives it a
 * light ground in the dark. A mail cannot say it itself: no attribute of its own begins so.
 */
export const darkShapeMark = 'data-siegel-dark-shape'
