import { testCheck } from '../check-tester.ts'
import { conf, dr, ipAddr, VIP, without, withoutVrrp } from './support/cluster.ts'

const DROP = '-A OUTPUT -p vrrp -j DROP'
const REJECT = '-A OUTPUT -j REJECT --reject-with icmp-port-unreachable'

const rules = (...lines: readonly string[]): string =>
  ['-P INPUT ACCEPT', '-P FORWARD ACCEPT', '-P OUTPUT ACCEPT', '-A OUTPUT -o lo -j ACCEPT', ...lines].join('\n')

const STATEFUL = '-A OUTPUT -m state --state RELATED,ESTABLISHED -j ACCEPT'
const SSH = '-A OUTPUT -p tcp -m tcp --dport 22 -j ACCEPT'
const POLICY = rules(STATEFUL, SSH).replace('-P OUTPUT ACCEPT', '-P OUTPUT DROP')

const STARTED = 'Nov 20 13:33:13 ds1 Keepalived[4]: Starting Keepalived v2.2.7 (01/16,2022)'
const REFUSED = 'Nov 20 13:33:17 ds1 Keepalived_vrrp[7]: (VI_1): send advert error 1 (Operation not permitted)'
const LAST = REFUSED.replace(':17 ', ':19 ')
const MASTER = 'Nov 20 13:33:16 ds1 Keepalived_vrrp[7]: (VI_1) Entering MASTER STATE'
const LOG = 'cat /var/log/messages'
const QUIET = [STARTED, 'Nov 20 13:33:16 ds1 Keepalived_vrrp[7]: (VI_1) setting VIPs.', MASTER].join('\n')
const LOUD = [STARTED, MASTER, ...['17', '18', '19'].map((s) => REFUSED.replace(':17 ', `:${s} `))].join('\n')

const master = (text: string, log: string = QUIET) => ({
  ds1: { ...dr.ds1, 'iptables -S': text, [LOG]: log },
  ds2: dr.ds2,
})

const unicast = (text: string) => ({
  ds1: {
    ...dr.ds1,
    'iptables -S': text,
    'cat /etc/keepalived/keepalived.conf': conf({
      instance: '    unicast_src_ip 192.168.10.11\n    unicast_peer {\n        192.168.10.12\n    }',
    }),
    [LOG]: QUIET,
  },
  ds2: dr.ds2,
})

const NFT_DROP = `
table inet guard {
	chain out {
		type filter hook output priority 0; policy accept;
		ip protocol 112 drop
	}
}`

const CLOSED = `
-P INPUT DROP
-P FORWARD ACCEPT
-P OUTPUT DROP`

testCheck('vrrp-blocked-output', {
  fail: [
    {
      name: 'a rule drops it on the MASTER, and keepalived says so every second: direct proof',
      hosts: master(rules(DROP), LOUD),
      claims: [
        {
          message: 'rejected-by-rule',
          data: { host: 'ds1', rule: DROP, logged: true, latent: false },
          lines: [DROP, LAST],
          hosts: ['ds1', 'ds2'],
          severity: 'critical',
          proof: 'direct',
        },
      ],
    },
    {
      name: 'everything but TCP 22 is refused; a RELATED,ESTABLISHED rule never helps multicast',
      hosts: master(rules(STATEFUL, SSH, REJECT)),
      claims: [
        { message: 'rejected-by-rule', data: { host: 'ds1', logged: false }, lines: [REJECT], proof: 'inferred' },
      ],
    },
    {
      name: 'policy DROP',
      hosts: master(POLICY),
      claims: [
        { message: 'dropped-by-policy', data: { host: 'ds1' }, lines: ['-P OUTPUT DROP'], severity: 'critical' },
      ],
    },
    {
      name: 'on the BACKUP, which sends nothing now, it is latent: a warning',
      hosts: { ds2: { ...dr.ds2, 'iptables -S': rules(DROP) }, ds1: dr.ds1 },
      claims: [
        {
          message: 'rejected-by-rule',
          data: { host: 'ds2', latent: true },
          lines: [DROP],
          hosts: ['ds2', 'ds1'],
          severity: 'warning',
        },
      ],
    },
    {
      name: 'on the outranked node, which holds the VIP all the same',
      hosts: {
        ds2: {
          ...dr.ds2,
          'ip addr': ipAddr([{ name: 'eth0', addresses: ['192.168.10.12/24', `${VIP}/32`] }]),
          'iptables -S': rules(DROP),
        },
        ds1: dr.ds1,
      },
      claims: [{ message: 'rejected-by-rule', data: { latent: false }, lines: [DROP], severity: 'critical' }],
    },
    {
      name: 'only the log was pasted: the kernel refuses it, whatever does it',
      hosts: {
        ds1: { 'cat /etc/keepalived/keepalived.conf': conf(), [LOG]: LOUD },
      },
      claims: [
        {
          message: 'refused-unseen',
          data: { host: 'ds1', logged: true },
          lines: [LAST],
          severity: 'critical',
          proof: 'direct',
        },
      ],
    },
    {
      name: 'a single line of the log is a log, not a tool that was denied',
      hosts: { ds1: { 'cat /etc/keepalived/keepalived.conf': conf(), [LOG]: LAST } },
      claims: [{ message: 'refused-unseen', data: { host: 'ds1' }, lines: [LAST] }],
    },
    {
      name: 'iptables lets it out, an nft table is not walked, and the log says that it is refused',
      hosts: { ds1: { ...dr.ds1, 'nft list ruleset': NFT_DROP, [LOG]: LOUD }, ds2: dr.ds2 },
      claims: [{ message: 'refused-unseen', data: { host: 'ds1' }, lines: [LAST], proof: 'direct' }],
    },
    {
      name: 'unicast to the peer, refused in any state',
      hosts: unicast(rules('-A OUTPUT -p vrrp -d 192.168.10.12/32 -j DROP')),
      claims: [
        {
          message: 'rejected-by-rule',
          data: { host: 'ds1' },
          lines: ['-A OUTPUT -p vrrp -d 192.168.10.12/32 -j DROP'],
        },
      ],
    },
  ],
  pass: [
    { name: 'no rules, and a log without complaints', hosts: master(rules()) },
    { name: 'VRRP is accepted ahead of the REJECT', hosts: master(rules('-A OUTPUT -p vrrp -j ACCEPT', REJECT)) },
    {
      name: 'only to the group, which is all that multicast needs',
      hosts: master(rules('-A OUTPUT -d 224.0.0.18/32 -j ACCEPT', REJECT)),
    },
    { name: 'refused on another interface', hosts: master(rules('-A OUTPUT -o eth1 -p vrrp -j DROP')) },
    {
      name: 'the complaints are older than the last start',
      hosts: master(rules(), [MASTER, REFUSED, LAST, STARTED.replace(':13 ', ':59 ')].join('\n')),
    },
    {
      name: 'another error than a refusal: the interface was down for a moment',
      hosts: master(
        rules(),
        [STARTED, MASTER, REFUSED.replace('error 1 (Operation not permitted)', 'error 100 (Network is down)')].join(
          '\n',
        ),
      ),
    },
  ],
  notApplicable: [
    {
      name: 'keepalived balances only, without VRRP',
      hosts: { ds1: { ...dr.ds1, 'iptables -S': CLOSED, 'cat /etc/keepalived/keepalived.conf': withoutVrrp(conf()) } },
      reason: 'no-vrrp',
    },
    {
      name: 'VRRP over IPv6 is a matter of ip6tables',
      hosts: {
        ds1: {
          'ip addr': ipAddr([{ name: 'eth0', addresses: ['192.168.10.11/24'] }]),
          'iptables -S': rules(DROP),
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
      name: 'a rule that depends on the user',
      hosts: master(rules('-A OUTPUT -m owner --uid-owner 0 -j ACCEPT', REJECT)),
      reason: 'rule-cannot-tell',
    },
    {
      name: 'no configuration: accepted to the group only, and it may speak to a peer',
      hosts: { ds1: { [LOG]: QUIET, 'iptables -S': rules('-A OUTPUT -d 224.0.0.18/32 -j ACCEPT', REJECT) } },
      reason: 'rule-cannot-tell',
    },
    {
      name: 'unicast that gets out as an answer only',
      hosts: unicast(rules(STATEFUL, REJECT)),
      reason: 'answers-only',
    },
    {
      name: 'the log complains, the rules listed let it out: repaired since?',
      hosts: master(rules(), LOUD),
      reason: 'log-disagrees',
    },
    {
      name: 'the log complains, then a rule was put in: what stands now was not listed',
      hosts: {
        ds1: {
          'cat /etc/keepalived/keepalived.conf': conf(),
          [LOG]: LOUD,
          'iptables -I OUTPUT 1 -p vrrp -j ACCEPT': '',
        },
      },
      reason: 'not-seen',
    },
    {
      name: 'iptables accepts, an nft chain may not',
      hosts: { ds1: { ...dr.ds1, 'nft list ruleset': NFT_DROP, [LOG]: QUIET }, ds2: dr.ds2 },
      reason: 'other-filter',
    },
    {
      name: 'iptables accepts, nft was not listed',
      hosts: { ds1: { ...without(dr.ds1, 'nft list ruleset'), [LOG]: QUIET }, ds2: dr.ds2 },
      reason: 'nft-unseen',
    },
    { name: 'the rules accept, the log was not seen', hosts: { ds1: dr.ds1, ds2: dr.ds2 }, reason: 'log-unseen' },
  ],
  notMeant: [{ name: 'a real server', hosts: { rs1: { ...dr.rs1, 'iptables -S': rules(DROP) }, ds1: dr.ds1 } }],
})
