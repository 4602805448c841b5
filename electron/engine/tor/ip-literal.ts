/** Whether this is an IPv4 address in dotted decimal (RFC 6943 §3.1.1, strict form). */
export const isIPv4 = (text: string): boolean =>
  /^(\d{1,3})(\.\d{1,3}){3}$/.test(text) && text.split('.').every(part => Number(part) <= 255)

/** Whether this is an IPv6 address without brackets or zone (RFC 4291 §2.2). */
export function isIPv6(text: string): boolean {
  if (!/^[0-9a-fA-F:.]+$/.test(text) || !text.includes(':')) return false
  // The URL parser knows the grammar, the compressed and the mixed forms included.
  return URL.canParse(`http://[${text}]/`)
}
