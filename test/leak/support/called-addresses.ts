/** An internet address that a system call named, with the line of strace that says so. */
export type CalledAddress = Readonly<{ address: string; port: number; line: string }>

/** Every internet address in the output of strace. */
export function calledAddresses(lines: string): CalledAddress[] {
  return lines.split('\n').flatMap(line => {
    const [, four, six] = /inet_addr\("([^"]+)"\)|inet_pton\(AF_INET6, "([^"]+)"/.exec(line) ?? []
    const address = four ?? six
    const [, port] = /htons\((\d+)\)/.exec(line) ?? []
    return address === undefined ? [] : [{ address, port: Number(port), line }]
  })
}

/** Loopback in both families, and "any address", which leads nowhere. */
export const isOfThisMachine = (address: string): boolean =>
  /^(127\.|::1$|0\.0\.0\.0$|::$|::ffff:127\.)/.test(address)
