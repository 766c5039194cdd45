// What the topologies have in common: addresses, the text of keepalived.conf, and how a real server is prepared.

/** The router between the client and the cluster, and the client. */
export const CLIENT = '172.16.0.10'
export const mac = (number, port = 0) => `52:54:00:00:0${port}:${number}`

/**
 * A keepalived.conf.
 * @param {{ host: string, state: string, priority: number, vips?: string[], dev?: string, services?: Service[],
 *   instances?: { name: string, dev: string, vrid: number, vips: string[] }[], more?: string }} it
 * @typedef {{ vip: string, kind: 'DR' | 'TUN' | 'NAT', servers: string[], port?: number }} Service
 */
export function keepalivedConf({
  host,
  state,
  priority,
  vips = [],
  dev = 'eth0',
  instances,
  services = [],
  more = '',
}) {
  const all = instances ?? [{ name: 'VI_1', dev, vrid: 51, vips }]
  return [
    `global_defs {\n    router_id LVS_${host}\n}\n`,
    more,
    ...all.map((instance) => vrrpInstance({ state, priority, ...instance })),
    ...services.map(virtualServer),
  ].join('\n')
}

function vrrpInstance({ name, dev, vrid, state, priority, vips }) {
  return `vrrp_instance ${name} {
    state ${state}
    interface ${dev}
    virtual_router_id ${vrid}
    priority ${priority}
    advert_int 1
    authentication {
        auth_type PASS
        auth_pass 1111
    }
    virtual_ipaddress {
${vips.map((vip) => `        ${vip}\n`).join('')}    }
}
`
}

function virtualServer({ vip, kind, servers, port = 80 }) {
  return `virtual_server ${vip} ${port} {
    delay_loop 3
    lb_algo rr
    lb_kind ${kind}
    protocol TCP
${servers.map((server) => realServer(server, port)).join('')}}
`
}

function realServer(server, port) {
  return `
    real_server ${server} ${port} {
        weight 1
        TCP_CHECK {
            connect_timeout 2
            connect_port ${port}
        }
    }
`
}

/** A pair of directors: ds1 with priority 100, ds2 with 90. */
export function pair(conf) {
  return {
    ds1: keepalivedConf({ host: 'ds1', state: 'MASTER', priority: 100, ...conf }),
    ds2: keepalivedConf({ host: 'ds2', state: 'BACKUP', priority: 90, ...conf }),
  }
}

/** Strict, as some distributions ship it: harmless where every host has one way out. */
export const STRICT = 'sysctl -q -w net.ipv4.conf.all.rp_filter=1 net.ipv4.conf.eth0.rp_filter=1'
export const ROUTER =
  'sysctl -q -w net.ipv4.ip_forward=1 net.ipv4.conf.all.send_redirects=0 net.ipv4.conf.all.rp_filter=0'

/** A real server that has the VIP on lo and keeps quiet about it. */
export function quietVip(vip, number = 0) {
  return `sysctl -q -w net.ipv4.conf.all.arp_ignore=1 net.ipv4.conf.all.arp_announce=2
ip addr add ${vip}/32 dev lo label lo:${number}`
}
