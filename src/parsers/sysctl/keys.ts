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
  const slash = text.indexOf('/')
  const dot = text.indexOf('.')
  if (slash < 0 && dot < 0) return undefined
  const dotted = slash >= 0 && (dot < 0 || slash < dot) ? keyOfParts(text.split('/')) : text
  if (!dotted.startsWith('net.') || hasPlainParts(dotted)) return dotted
  const inside = PER_INTERFACE.exec(dotted)
  return inside === null ? dotted : `${inside[1]}${inside[2]?.replaceAll('.', '/')}${inside[3]}`
}

/** Key of a path below /proc/sys, `undefined` for any other path. */
export function sysctlKeyOfPath(path: string): string | undefined {
  if (!path.startsWith('/proc/sys/')) return undefined
  const below = /^\/proc\/sys\/([^\s*?[]+)$/.exec(path)
  return below === null ? undefined : keyOfParts((below[1] as string).split('/').filter((part) => part !== ''))
}

/** `net.ipv4.conf.eth0.rp_filter` and shorter keys: no part holds a dot of its own. */
function hasPlainParts(dotted: string): boolean {
  let dots = 0
  for (let i = dotted.indexOf('.'); i >= 0; i = dotted.indexOf('.', i + 1)) dots += 1
  return dots < 5
}

function keyOfParts(parts: readonly string[]): string {
  return parts.map((part) => part.replaceAll('.', '/')).join('.')
}
