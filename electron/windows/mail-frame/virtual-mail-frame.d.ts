/** The script of renderer/mail-frame, made by build/page-scripts-plugin.ts. */
declare module 'virtual:mail-frame' {
  export const mailFrameScript: string
}
