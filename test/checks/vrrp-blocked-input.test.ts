import { testCheck } from '../check-tester.ts'
import { conf, dr, ipAddr, routes, without, withoutVrrp } from './support/cluster.ts'

const REJECT_ALL = `
-P INPUT ACCEPT
-P FORWARD ACCEPT
-P OUTPUT ACCEPT
-A INPUT -m state --state RELATED,ESTABLISHED -j ACCEPT
-A INPUT -p icmp -j ACCEPT
-A INPUT -i lo -j ACCEPT
-A INPUT -p tcp -m state --state NEW -m tcp --dport 22 -j ACCEPT
-A INPUT -j REJECT --reject-with icmp-host-prohibited`

const REJECT = '-A INPUT -j REJECT --reject-with icmp-host-prohibited'

const POLICY_DROP = `
-P INPUT DROP
-P FORWARD ACCEPT
-P OUTPUT ACCEPT
-A INPUT -m state --state RELATED,ESTABLISHED -j ACCEPT
-A INPUT -p icmp -j ACCEPT
-A INPUT -i lo -j ACCEPT`

const accepting = (rule: string): string => REJECT_ALL.replace(REJECT, `${rule}\n${REJECT}`)
/** To and from each other only, as `unicast_peer` says. */
const unicast = (own: string, peer: string, master: boolean): string =>
  conf({
    state: master ? 'MASTER' : 'BACKUP',
    priority: master ? 100 : 90,
    instance: `    unicast_src_ip ${own}\n    unicast_peer {\n        ${peer}\n    }`,
  })
const third = {
  ...dr.ds2,
  'ip addr': ipAddr([{ name: 'eth0', mac: '52:54:00:00:00:13', addresses: ['192.168.10.13/24'] }]),
  'ip route show table all': routes('192.168.10.13'),
  'cat /etc/keepalived/keepalived.conf': conf({ state: 'BACKUP', priority: 80 }),
}
const ipv6 = (master: boolean): string =>
  conf({ state: master ? 'MASTER' : 'BACKUP', priority: master ? 100 : 90, vips: ['2001:db8::100'], auth: null })
const said = (host: string, text: string): string => `Nov 20 13:30:00 ${host} Keepalived_vrrp[417]: ${text}`
const onBackup = (rules: string) => ({ ds2: { ...dr.ds2, 'iptables -S': rules }, ds1: dr.ds1 })

testCheck('vrrp-blocked-input', {
  fail: [
    {
      name: 'the catch-all REJECT of CentOS on the backup',
      hosts: onBackup(REJECT_ALL),
      claims: [
        {
          message: 'rejected-by-rule',
          data: { host: 'ds2', peer: 'ds1', latent: false },
          lines: [REJECT],
          severity: 'critical',
          hosts: ['ds2', 'ds1'],
        },
      ],
    },
    {
      name: 'policy DROP and nothing that accepts it',
      hosts: onBackup(POLICY_DROP),
      claims: [{ message: 'dropped-by-policy', data: { host: 'ds2' }, lines: ['-P INPUT DROP'], severity: 'critical' }],
    },
    {
      name: 'on the node with the higher priority it is latent: a warning',
      hosts: { ds1: { ...dr.ds1, 'iptables -S': REJECT_ALL }, ds2: dr.ds2 },
      claims: [
        { message: 'rejected-by-rule', data: { host: 'ds1', latent: true }, lines: [REJECT], severity: 'warning' },
      ],
    },
    {
      name: 'no keepalived.conf, but the session handles it: a director all the same',
      hosts: { ds1: { 'iptables -S': REJECT_ALL, 'vi /etc/keepalived/keepalived.conf': '' } },
      claims: [
        { message: 'rejected-by-rule', data: { host: 'ds1', peer: 'its peer' }, lines: [REJECT], severity: 'critical' },
      ],
    },
    {
      name: 'tcp port 112 is not protocol 112',
      hosts: onBackup(accepting('-A INPUT -p tcp -m tcp --dport 112 -j ACCEPT')),
      claims: [{ message: 'rejected-by-rule', data: { host: 'ds2' }, lines: [REJECT] }],
    },
    {
      name: 'three directors: who hears the master need not hear the third, the third hears nobody',
      hosts: {
        ds3: { ...third, 'iptables -S': accepting('-A INPUT -s 192.168.10.99 -p vrrp -j ACCEPT') },
        ds1: dr.ds1,
        ds2: dr.ds2,
      },
      claims: [{ message: 'rejected-by-rule', data: { host: 'ds3', peer: 'ds1 and ds2' }, lines: [REJECT] }],
    },
    {
      name: 'three directors: only the lowest is refused',
      hosts: {
        ds2: { ...dr.ds2, 'iptables -S': accepting('-A INPUT -s 192.168.10.11/32 -p vrrp -j ACCEPT') },
        ds1: dr.ds1,
        ds3: third,
      },
      claims: [
        {
          message: 'rejected-by-rule',
          data: { host: 'ds2', peer: 'ds3', latent: true },
          lines: [REJECT],
          severity: 'warning',
        },
      ],
    },
    {
      name: 'the logs show one MASTER and one BACKUP all the same: a warning',
      hosts: {
        ds2: {
          ...dr.ds2,
          'iptables -S': REJECT_ALL,
          'cat /var/log/messages': said('ds2', '(VI_1) Entering BACKUP STATE'),
        },
        ds1: { ...dr.ds1, 'cat /var/log/messages': said('ds1', '(VI_1) Entering MASTER STATE') },
      },
      claims: [
        {
          message: 'rejected-by-rule',
          data: { host: 'ds2', agreed: true },
          lines: [REJECT],
          severity: 'warning',
        },
      ],
    },
    {
      name: 'auth_type AH: the adverts are protocol 51, and the rule for 112 lets none in',
      hosts: {
        ds2: {
          ...dr.ds2,
          'iptables -S': accepting('-A INPUT -p vrrp -j ACCEPT'),
          'cat /etc/keepalived/keepalived.conf': conf({
            auth: null,
            instance: '    authentication {\n        auth_type AH\n        auth_pass 1111\n    }',
          }),
        },
      },
      claims: [{ message: 'rejected-by-rule', data: { host: 'ds2', ah: true }, lines: [REJECT] }],
    },
    {
      name: 'dropped in table raw, ahead of every rule of table filter',
      hosts: {
        ds2: {
          ...without(dr.ds2, 'iptables -S'),
          'iptables-save': `
*raw
:PREROUTING ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
-A PREROUTING -p vrrp -j DROP
COMMIT
*filter
:INPUT ACCEPT [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
-A INPUT -p vrrp -j ACCEPT
COMMIT`,
        },
        ds1: dr.ds1,
      },
      claims: [{ message: 'rejected-by-rule', data: { host: 'ds2' }, lines: ['-A PREROUTING -p vrrp -j DROP'] }],
    },
    {
      name: 'accepted on another interface only',
      hosts: onBackup(accepting('-A INPUT -i eth1 -p vrrp -j ACCEPT')),
      claims: [{ message: 'rejected-by-rule', data: { host: 'ds2' }, lines: [REJECT] }],
    },
  ],
  pass: [
    { name: 'no firewall', hosts: { ds1: dr.ds1, ds2: dr.ds2 } },
    { name: '-p vrrp', hosts: onBackup(accepting('-A INPUT -p vrrp -j ACCEPT')) },
    { name: '-p 112', hosts: onBackup(accepting('-A INPUT -p 112 -j ACCEPT')) },
    { name: '-d 224.0.0.0/8', hosts: onBackup(accepting('-A INPUT -d 224.0.0.0/8 -j ACCEPT')) },
    { name: 'all multicast', hosts: onBackup(accepting('-A INPUT -m pkttype --pkt-type multicast -j ACCEPT')) },
    { name: 'everything from the peer', hosts: onBackup(accepting('-A INPUT -s 192.168.10.11/32 -j ACCEPT')) },
    {
      name: 'accepted in a chain that INPUT jumps to',
      hosts: onBackup(
        `${accepting('-A INPUT -j CLUSTER').replace('-P OUTPUT ACCEPT', '-P OUTPUT ACCEPT\n-N CLUSTER')}\n-A CLUSTER -p vrrp -j ACCEPT`,
      ),
    },
  ],
  notApplicable: [
    {
      name: 'keepalived balances only, without VRRP',
      hosts: {
        ds1: { ...dr.ds1, 'iptables -S': REJECT_ALL, 'cat /etc/keepalived/keepalived.conf': withoutVrrp(conf()) },
      },
      reason: 'no-vrrp',
    },
    {
      name: 'VRRP over IPv6 never meets iptables',
      hosts: {
        ds2: { ...dr.ds2, 'iptables -S': REJECT_ALL, 'cat /etc/keepalived/keepalived.conf': ipv6(false) },
        ds1: { ...dr.ds1, 'cat /etc/keepalived/keepalived.conf': ipv6(true) },
      },
      reason: 'no-ipv4',
    },
  ],
  undecided: [
    {
      name: 'a rule for the group, and no configuration that says whether adverts go there',
      hosts: {
        ds2: {
          ...without(dr.ds2, 'cat /etc/keepalived/keepalived.conf'),
          'iptables -S': accepting('-A INPUT -d 224.0.0.18/32 -p vrrp -j ACCEPT'),
        },
        ds1: dr.ds1,
      },
      reason: 'conf-unseen',
    },
    {
      name: 'an IPVS table alone: ldirectord, or made by hand',
      hosts: { ds1: { 'iptables -S': REJECT_ALL, 'ipvsadm -Ln': dr.ds1['ipvsadm -Ln'] ?? '' } },
      reason: 'vrrp-unseen',
    },
    {
      name: 'unicast by an ESTABLISHED rule alone: refused at each start, let in afterwards',
      hosts: {
        ds2: {
          ...dr.ds2,
          'iptables -S': REJECT_ALL,
          'cat /etc/keepalived/keepalived.conf': unicast('192.168.10.12', '192.168.10.11', false),
        },
        ds1: {
          ...dr.ds1,
          'cat /etc/keepalived/keepalived.conf': unicast('192.168.10.11', '192.168.10.12', true),
        },
      },
      reason: 'answers-only',
    },
    {
      name: 'an accept that depends on an ipset',
      hosts: onBackup(accepting('-A INPUT -m set --match-set peers src -j ACCEPT')),
      reason: 'rule-cannot-tell',
    },
    {
      name: 'iptables accepts, an nft chain may not',
      hosts: {
        ds2: {
          ...dr.ds2,
          'nft list ruleset': `
table inet filter {
	chain input {
		type filter hook input priority 0; policy drop;
		tcp dport 22 accept
	}
}`,
        },
        ds1: dr.ds1,
      },
      reason: 'other-filter',
    },
    {
      name: 'iptables accepts, nft was not listed',
      hosts: { ds2: without(dr.ds2, 'nft list ruleset'), ds1: dr.ds1 },
      reason: 'nft-unseen',
    },
  ],
  notMeant: [
    {
      name: 'a real server with a closed firewall is healthy',
      hosts: { rs1: { ...dr.rs1, 'iptables -S': REJECT_ALL }, ds1: dr.ds1, ds2: dr.ds2 },
    },
  ],
})
