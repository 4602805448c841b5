/** Folders, list and reader. */
export function MailRoom() {
  return <main />
}
