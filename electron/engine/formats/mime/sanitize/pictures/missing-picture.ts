/**
 * Stands behind an element for a picture that is not shown: it paints nothing, and the script beside the body knows by it that
 * words stand on a ground that is missing (renderer/mail-frame/missing-pictures.ts).
 */
export const missingPicture = 'linear-gradient(rgba(0,0,0,0),rgba(0,0,0,0))'
