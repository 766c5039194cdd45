import { testCheck } from '../check-tester.ts'
import { conf, dr, ipAddr, without, withoutVrrp } from './support/cluster.ts'

const BASE = `
-P INPUT ACCEPT
-P FORWARD ACCEPT
-P OUTPUT ACCEPT
-A INPUT -m state --state RELATED,ESTABLISHED -j ACCEPT
-A INPUT -p icmp -j ACCEPT
-A INPUT -i lo -j ACCEPT`

const REJECT = '-A INPUT -j REJECT --reject-with icmp-host-prohibited'
const TCP_112 = '-A INPUT -p tcp -m tcp --dport 112 -j ACCEPT'

const rules = (...lines: readonly string[]): string => [BASE, ...lines, REJECT].join('\n')
const onBackup = (text: string) => ({ ds2: { ...dr.ds2, 'iptables -S': text }, ds1: dr.ds1 })

/** firewalld with the iptables back end, after `firewall-cmd --add-port=112/tcp`. */
const FIREWALLD = `
-P INPUT ACCEPT
-P FORWARD ACCEPT
-P OUTPUT ACCEPT
-N INPUT_ZONES
-N IN_public
-N IN_public_allow
-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A INPUT -i lo -j ACCEPT
-A INPUT -j INPUT_ZONES
-A INPUT -m conntrack --ctstate INVALID -j DROP
-A INPUT -j REJECT --reject-with icmp-host-prohibited
-A INPUT_ZONES -g IN_public
-A IN_public -j IN_public_allow
-A IN_public -p icmp -j ACCEPT
-A IN_public_allow -p tcp -m tcp --dport 22 -m conntrack --ctstate NEW,UNTRACKED -j ACCEPT
-A IN_public_allow -p tcp -m tcp --dport 112 -m conntrack --ctstate NEW,UNTRACKED -j ACCEPT`

const CLOSED = `
-P INPUT DROP
-P FORWARD ACCEPT
-P OUTPUT DROP`

testCheck('vrrp-allowed-as-tcp-112', {
  fail: [
    {
      name: 'tcp port 112 open, protocol 112 refused',
      hosts: onBackup(rules(TCP_112)),
      claims: [
        {
          message: 'port-instead-of-protocol',
          data: { host: 'ds2', port: 'TCP', rule: TCP_112, latent: false },
          lines: [TCP_112, REJECT],
          hosts: ['ds2', 'ds1'],
          severity: 'critical',
        },
      ],
    },
    {
      name: 'udp, in a list of ports',
      hosts: onBackup(rules('-A INPUT -p udp -m multiport --dports 53,112 -j ACCEPT')),
      claims: [
        {
          message: 'port-instead-of-protocol',
          data: { port: 'UDP' },
          lines: ['-A INPUT -p udp -m multiport --dports 53,112 -j ACCEPT'],
        },
      ],
    },
    {
      name: 'firewalld: --add-port=112/tcp ends in a chain of the zone',
      hosts: onBackup(FIREWALLD),
      claims: [
        {
          message: 'port-instead-of-protocol',
          data: { host: 'ds2', port: 'TCP' },
          lines: [
            '-A IN_public_allow -p tcp -m tcp --dport 112 -m conntrack --ctstate NEW,UNTRACKED -j ACCEPT',
            REJECT,
          ],
        },
      ],
    },
    {
      name: 'on the node with the highest priority it is latent: a warning',
      hosts: { ds1: { ...dr.ds1, 'iptables -S': rules(TCP_112) }, ds2: dr.ds2 },
      claims: [{ message: 'port-instead-of-protocol', data: { latent: true }, lines: [TCP_112], severity: 'warning' }],
    },
  ],
  pass: [
    { name: 'no firewall', hosts: { ds1: dr.ds1, ds2: dr.ds2 } },
    { name: '-p vrrp', hosts: onBackup(rules('-A INPUT -p vrrp -j ACCEPT')) },
    { name: 'the port as well as the protocol', hosts: onBackup(rules(TCP_112, '-A INPUT -p 112 -j ACCEPT')) },
    {
      name: 'the port, and everything from the peer',
      hosts: onBackup(rules(TCP_112, '-A INPUT -s 192.168.10.11/32 -j ACCEPT')),
    },
  ],
  notApplicable: [
    {
      name: 'keepalived balances only, without VRRP',
      hosts: { ds1: { ...dr.ds1, 'iptables -S': CLOSED, 'cat /etc/keepalived/keepalived.conf': withoutVrrp(conf()) } },
      reason: 'no-vrrp',
    },
    { name: 'refused, but nobody mistook it for a port', hosts: onBackup(rules()), reason: 'no-such-rule' },
    {
      name: 'a range of ports that happens to hold 112',
      hosts: onBackup(rules('-A INPUT -p tcp -m tcp --dport 1:1023 -j ACCEPT')),
      reason: 'no-such-rule',
    },
    {
      name: 'port 112 is refused, not opened',
      hosts: onBackup(rules('-A INPUT -p tcp -m tcp --dport 112 -j DROP')),
      reason: 'no-such-rule',
    },
    {
      name: 'VRRP over IPv6 is a matter of ip6tables',
      hosts: {
        ds2: {
          'ip addr': ipAddr([{ name: 'eth0', addresses: ['192.168.10.12/24'] }]),
          'iptables -S': rules(TCP_112),
          'cat /etc/keepalived/keepalived.conf': conf({ vips: ['2001:db8::100'], auth: null }),
        },
      },
      reason: 'no-ipv4',
    },
  ],
  undecided: [
    {
      name: 'an IPVS table alone: ldirectord, or made by hand',
      hosts: { ds1: { 'iptables -S': CLOSED, 'ipvsadm -Ln': dr.ds1['ipvsadm -Ln'] ?? '' } },
      reason: 'vrrp-unseen',
    },
    {
      name: 'an accept that depends on an ipset',
      hosts: onBackup(rules(TCP_112, '-A INPUT -m set --match-set peers src -j ACCEPT')),
      reason: 'rule-cannot-tell',
    },
    {
      name: 'the listing breaks off behind the REJECT',
      hosts: {
        ds2: `[root@ds2 ~]# cat /etc/keepalived/keepalived.conf\n${conf({ state: 'BACKUP', priority: 90 })}\n[root@ds2 ~]# iptables -S\n${rules().trim()}\n`,
      },
      reason: 'cut-short',
    },
    {
      name: 'iptables accepts, an nft chain may not',
      hosts: {
        ds2: {
          ...dr.ds2,
          'nft list ruleset': `
table inet firewalld {
	chain filter_INPUT {
		type filter hook input priority filter + 10; policy accept;
		tcp dport 112 accept
		reject with icmpx admin-prohibited
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
  notMeant: [{ name: 'a real server', hosts: { rs1: { ...dr.rs1, 'iptables -S': rules(TCP_112) }, ds1: dr.ds1 } }],
})
