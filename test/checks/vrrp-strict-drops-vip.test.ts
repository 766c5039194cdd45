import { testCheck } from '../check-tester.ts'
import { conf, dr, NO_FIREWALL, nat, VIP, without } from './support/cluster.ts'
import { CONF, inState, peers } from './support/pairs.ts'

const strict = { before: 'global_defs {\n    vrrp_strict\n}' }
/** As keepalived 2.2.7 installs it. */
const NFT = `table ip keepalived {
	set vips {
		type ipv4_addr
		elements = { ${VIP} }
	}

	chain out {
		type filter hook output priority filter - 1; policy accept;
		ip saddr @vips drop
	}

	chain in {
		type filter hook input priority filter - 1; policy accept;
		ip daddr @vips drop
	}
}`
const seen = { ...dr.ds1, 'nft list ruleset': NFT }
const unseen = without(without(dr.ds1, 'nft list ruleset'), 'iptables -S')
const node = (outputs: Record<string, string>, options = {}) => ({
  ...outputs,
  [CONF]: conf({ ...strict, ...options }),
})
const ofIptables = (rule: string) => ({ ...dr.ds1, 'iptables -S': `${NO_FIREWALL}\n${rule}` })

testCheck('vrrp-strict-drops-vip', {
  fail: [
    {
      name: 'vrrp_strict on the MASTER, and its table in nft',
      hosts: { ds1: node(seen), ds2: dr.ds2 },
      claims: [
        {
          message: 'drops',
          data: { host: 'ds1', instance: 'VI_1', vips: VIP, why: 'vrrp_strict', latent: false },
          lines: ['vrrp_strict', 'ip daddr @vips drop'],
          hosts: ['ds1'],
          severity: 'critical',
          proof: 'direct',
        },
      ],
    },
    {
      name: 'a rule of iptables, as builds without nft make it',
      hosts: { ds1: node(ofIptables(`-A INPUT -d ${VIP}/32 -j DROP`)) },
      claims: [{ message: 'drops', data: {}, lines: [`-A INPUT -d ${VIP}/32 -j DROP`], proof: 'direct' }],
    },
    {
      name: 'a rule with an ipset',
      hosts: { ds1: node(ofIptables('-A INPUT -m set --match-set keepalived dst -j DROP')) },
      claims: [{ message: 'drops', data: {}, lines: ['-A INPUT -m set --match-set keepalived dst -j DROP'] }],
    },
    {
      name: 'the packet filters were not seen',
      hosts: { ds1: node(unseen) },
      claims: [
        { message: 'drops', data: { latent: false }, lines: ['vrrp_strict'], severity: 'critical', proof: 'inferred' },
      ],
    },
    {
      name: 'no_accept without strict mode',
      hosts: { ds1: { ...unseen, [CONF]: conf({ instance: '    no_accept' }) } },
      claims: [{ message: 'drops', data: { why: 'no_accept' }, lines: ['no_accept'] }],
    },
    {
      name: 'accept does not help in version 2',
      hosts: { ds1: node(unseen, { instance: '    accept' }) },
      claims: [{ message: 'drops', data: { why: 'vrrp_strict' }, lines: ['vrrp_strict'] }],
    },
    {
      name: 'on the BACKUP it waits for the failover',
      hosts: { ds2: { ...dr.ds2, [CONF]: conf({ ...strict, state: 'BACKUP', priority: 90 }) }, ds1: dr.ds1 },
      claims: [{ message: 'drops', data: { latent: true }, lines: ['vrrp_strict'], severity: 'warning' }],
    },
    {
      name: 'BACKUP by its log',
      hosts: { ds2: { [CONF]: conf(strict), ...inState('ds2', 'BACKUP') } },
      claims: [{ message: 'drops', data: { latent: true }, lines: ['vrrp_strict'], severity: 'warning' }],
    },
    {
      name: 'no service at all: the VIP is meant for a program of the host, such as a proxy',
      hosts: { ds1: { [CONF]: conf(strict).replace(/virtual_server[\s\S]*$/, '') } },
      claims: [{ message: 'drops', data: { vips: VIP }, lines: ['vrrp_strict'], severity: 'warning' }],
    },
  ],
  pass: [
    { name: 'no strict mode', hosts: { ds1: dr.ds1 } },
    {
      name: 'commented out',
      hosts: { ds1: { ...dr.ds1, [CONF]: conf({ before: 'global_defs {\n    #vrrp_strict\n}' }) } },
    },
    {
      name: 'version 3 with accept',
      hosts: { ds1: node(dr.ds1, { instance: '    version 3\n    accept' }) },
    },
    { name: 'the owner of the address, 255, accepts', hosts: { ds1: node(dr.ds1, { priority: 255 }) } },
    { name: 'the instance takes it back', hosts: { ds1: node(dr.ds1, { instance: '    strict_mode off' }) } },
    {
      name: 'strict and unicast exclude each other: such an instance never has a VIP',
      hosts: { ds1: node(dr.ds1, peers('192.168.10.11', '192.168.10.12')) },
    },
    {
      name: 'a VIP that is only the gateway of the real servers',
      hosts: {
        ds1: {
          ...nat.ds1,
          [CONF]: conf({
            ...strict,
            vips: ['10.10.0.1'],
            kind: 'NAT',
          }).replace('virtual_server 10.10.0.1', `virtual_server ${VIP}`),
        },
        rs1: nat.rs1,
      },
    },
  ],
  undecided: [
    {
      name: 'no service has the VIP, another VIP has one: it may be just a gateway',
      hosts: { ds1: { [CONF]: conf(strict).replace(`virtual_server ${VIP}`, 'virtual_server 192.168.10.101') } },
      reason: 'maybe-gateway',
    },
    { name: 'the rules are all there, and none drops', hosts: { ds1: node(dr.ds1) }, reason: 'rule-not-there' },
    {
      name: 'vrrp_iptables alone: up to 1.4 it meant that no rule is made',
      hosts: { ds1: node(unseen, { before: 'global_defs {\n    vrrp_strict\n    vrrp_iptables\n}' }) },
      reason: 'own-chain',
    },
    {
      name: 'an included file was not seen',
      hosts: { ds1: { ...dr.ds1, [CONF]: `include more.conf\n${conf()}` } },
      reason: 'incomplete',
    },
  ],
})
