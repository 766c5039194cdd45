// A topology and a scenario as the shell files that the guest reads.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Seconds of the guest. */
const SETTLE = 5
const CAPTURE_SECONDS = 8

const quoted = (script) => `'${script.replaceAll("'", String.raw`'\''`)}'`

/** The end of every cable in a bridge, for one `ip -batch` outside the hosts. */
function cableLines([host, { cables = [] }]) {
  return cables.flatMap(([dev, bridge, mac]) => [
    `link add ${host}-${dev} type veth peer name ${dev} address ${mac} netns \${NS_OF[${host}]}`,
    `link set ${host}-${dev} master ${bridge} up`,
  ])
}

/** All that is set up inside a host, in one shell of it. */
function hostLine([name, { cables = [], vlans = [], via, setup, last }]) {
  const addresses = (dev, list) => list.map((address) => `addr add ${address} brd + dev ${dev}`)
  const batch = [
    ...cables.flatMap(([dev, , , ...list]) => [`link set ${dev} up`, ...addresses(dev, list)]),
    ...vlans.flatMap(([dev, id, ...list]) => [
      `link add link ${dev} name ${dev}.${id} type vlan id ${id}`,
      `link set ${dev}.${id} up`,
      ...addresses(`${dev}.${id}`, list),
    ]),
    ...(via ? [`route add default via ${via}`] : []),
  ]
  return `run ${name} ${quoted([`ip -batch - <<IP\n${batch.join('\n')}\nIP`, setup, last].filter(Boolean).join('\n'))}`
}

function buildScript({ bridges, hosts, tunnels = false }) {
  return [
    // 0: a tunl0 in every new namespace; 1: in none but the first.
    `sysctl -q -w net.core.fb_tunnels_only_for_init_net=${tunnels ? 0 : 1}`,
    ...Object.keys(hosts).map((name) => `host ${name}`),
    'hosts_ready',
    'ip -batch - <<IP',
    ...bridges.flatMap((name) => [`link add ${name} type bridge forward_delay 0`, `link set ${name} up`]),
    ...Object.entries(hosts).flatMap(cableLines),
    'IP',
    ...Object.entries(hosts).map(hostLine),
  ].join('\n')
}

function startScript({ directors, servers }) {
  return [...servers.map((name) => `web ${name}`), ...directors.map((name) => `director ${name}`)].join('\n')
}

function settingsOf({ topology, settle = SETTLE }, { iptables, node }) {
  const cluster = [...topology.directors, ...topology.servers]
  const servers = topology.servers.filter((name) => !topology.directors.includes(name))
  const vips = [topology.vip, topology.vipB].filter(Boolean)
  return {
    VIP: topology.vip,
    VIP_B: topology.vipB ?? '',
    DIRECTORS: topology.directors.join(' '),
    SERVERS: servers.join(' '),
    LIVE: [...topology.directors, ...servers.slice(0, 1)].join(' '),
    SCRIPTED: servers.slice(1).join(' '),
    OTHERS: Object.keys(topology.hosts)
      .filter((name) => !cluster.includes(name))
      .join(' '),
    IPTABLES: iptables,
    LAB_NODE: node,
    SETTLE: settle,
    CAPTURE_SECONDS,
    CAPTURE: `vrrp or arp or icmp or host ${vips.join(' or host ')} or (ip proto 4)`,
    ASK_FROM: topology.asks[0],
    ASK_DEV: topology.asks[1],
  }
}

/** Writes results/in for one run. */
export function writeGuestFiles(folder, scenario, choices) {
  const { topology } = scenario
  const settings = Object.entries(settingsOf(scenario, choices)).map(
    ([key, value]) => `${key}=${quoted(String(value))}`,
  )
  const files = {
    'settings.sh': settings.join('\n'),
    'build.sh': buildScript(topology),
    'inject.sh': scenario.inject ?? ':',
    'start.sh': scenario.start ?? startScript(topology),
    'after.sh': scenario.after ?? ':',
    'symptom.sh': scenario.symptom?.sh ?? ':',
    ...Object.fromEntries(Object.entries(topology.keepalived).map(([name, text]) => [`${name}.keepalived.conf`, text])),
  }
  mkdirSync(join(folder, 'in'), { recursive: true })
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'in', name), `${text}\n`)
}
