/** Where the packets of a VIP pass on this host. */
import { spawnSync } from 'node:child_process'

export interface Chosen {
  readonly device: string
  /** In the operator's words. */
  readonly because: string
}

/** Devices that hold an address and carry no packets of others. */
const HOLDERS = /^(?:lo|dummy\d*|tunl\d*|ip_vti\d*|gre\d*|sit\d*)$/

function words(args: readonly string[]): string {
  const { stdout, error } = spawnSync('ip', [...args], { encoding: 'utf8', timeout: 5000 })
  return error === undefined ? stdout : ''
}

/**
 * The interface that holds the VIP or routes to it. Where the VIP sits on lo or a tunnel, as on a real server, its packets come by
 * another: the one of the default route. "any" where the system does not say.
 */
export function chooseInterface(vip: string, ask: (args: readonly string[]) => string = words): Chosen {
  const holder = deviceWith(ask(['-o', '-4', 'addr', 'show']), vip)
  if (holder !== undefined && !HOLDERS.test(holder)) return { device: holder, because: `it holds ${vip}` }
  const to = holder === undefined ? /\bdev (\S+)/.exec(ask(['-4', 'route', 'get', vip]))?.[1] : undefined
  if (to !== undefined && to !== 'lo') return { device: to, because: `the route to ${vip} leaves by it` }
  const uplink = /\bdev (\S+)/.exec(ask(['-4', 'route', 'show', 'default']))?.[1]
  if (uplink !== undefined)
    return { device: uplink, because: `${vip} is on ${holder ?? 'lo'}, and the default route leaves by it` }
  return { device: 'any', because: `nothing tells where ${vip} passes` }
}

/** `2: eth0    inet 10.0.0.1/24 …`: name of the device whose address it is. */
function deviceWith(listing: string, vip: string): string | undefined {
  for (const line of listing.split('\n')) {
    const [, device, address] = /^\d+: ([^\s@:]+)\S*\s+inet ([\d.]+)/.exec(line) ?? []
    if (address === vip) return device
  }
  return undefined
}

/** Names of this host's interfaces by number: a cooked capture knows only the numbers. */
export function deviceNames(ask: (args: readonly string[]) => string = words): ReadonlyMap<number, string> {
  const names = new Map<number, string>()
  for (const line of ask(['-o', 'link', 'show']).split('\n')) {
    const [, number, name] = /^(\d+): ([^\s@:]+)/.exec(line) ?? []
    if (number !== undefined && name !== undefined) names.set(Number(number), name)
  }
  return names
}
