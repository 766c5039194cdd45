/** Names of kernel parameters: parts joined by dots, a dot inside an interface name written `/`. */

/** `net.ipv4.conf.IFACE.leaf`: leaves have no dot, so everything between is the interface. */
const PER_INTERFACE = /^(net\.(?:ipv4|ipv6|mpls)\.(?:conf|neigh)\.)(.+)(\.[^./]+)$/

/**
 * One spelling for all: `net/ipv4/conf/eth0.10/rp_filter`, `net.ipv4.conf.eth0/10.rp_filter` and busybox's
 * `net.ipv4.conf.eth0.10.rp_filter` are the same key. As in sysctl(8) the first separator tells which style it is.
 * `undefined` when the text is no key. Globs of sysctl.d are kept.
 */
export function sysctlKey(text: string): string | undefined {
  if (!/^[a-zA-Z][\w@*?[\]!+:~./-]*[\w*?\]]$/.test(text)) return undefined
  const first = /[./]/.exec(text)?.[0]
  if (first === undefined) return undefined
  const dotted = first === '/' ? keyOfParts(text.split('/')) : text
  const inside = dotted.startsWith('net.') ? PER_INTERFACE.exec(dotted) : null
  return inside === null ? dotted : `${inside[1]}${inside[2]?.replaceAll('.', '/')}${inside[3]}`
}

/** Key of a path below /proc/sys, `undefined` for any other path. */
export function sysctlKeyOfPath(path: string): string | undefined {
  if (!path.startsWith('/proc/sys/')) return undefined
  const below = /^\/proc\/sys\/([^\s*?[]+)$/.exec(path)
  return below === null ? undefined : keyOfParts((below[1] as string).split('/').filter((part) => part !== ''))
}

function keyOfParts(parts: readonly string[]): string {
  return parts.map((part) => part.replaceAll('.', '/')).join('.')
}
