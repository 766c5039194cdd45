import { testCheck } from '../check-tester.ts'
import { dr, NO_FIREWALL, nat, tun, VIP, without } from './support/cluster.ts'

type Outputs = Readonly<Record<string, string>>

/** One line of `tcpdump -nn -i any`; `at` in seconds after 15:39. */
const line = (at: number, way: 'In ' | 'Out' | '', rest: string, dev = 'eth0'): string =>
  `15:39:${at.toFixed(6).padStart(9, '0')} ${way === '' ? '' : `${dev}  ${way} `}IP ${rest}`
const OPTIONS = 'win 64240, options [mss 1460,sackOK,TS val 3212373406 ecr 0,nop,wscale 6], length 0'
const syn = (port: number, to = `${VIP}.80`, from = '172.16.0.10'): string =>
  `${from}.${port} > ${to}: Flags [S], seq ${port}000, ${OPTIONS}`
const synAck = (port: number, from = `${VIP}.80`): string =>
  `${from} > 172.16.0.10.${port}: Flags [S.], seq 99, ack ${port}001, win 65160, options [mss 1460], length 0`

const STATISTICS = (count: number, dropped = 0): string =>
  `${count} packets captured\n${count} packets received by filter\n${dropped} packets dropped by kernel`
const TCPDUMP = "tcpdump -nn -i any 'host 172.16.0.10'"
const capture = (lines: readonly string[], command = TCPDUMP, dropped = 0): Outputs => ({
  [command]: `
listening on ${/-i (\S+)/.exec(command)?.[1]}, link-type LINUX_SLL2 (Linux cooked v2), snapshot length 96 bytes
${lines.join('\n')}
${STATISTICS(lines.length, dropped)}`,
})

const asking = (ports: readonly number[]): readonly string[] =>
  ports.flatMap((port, i) => [line(10 + 3 * i, 'In ', syn(port)), line(11.05 + 3 * i, 'In ', syn(port))])
const SILENT = asking([40001, 40002])
const ANSWERED = [line(10, 'In ', syn(40001)), line(10.0001, 'Out', synAck(40001))]
const cluster = (more: Readonly<Record<string, Outputs>>) => ({ ds1: dr.ds1, rs1: dr.rs1, ...more })

/** Seed of this check: tcpdump 4.9 on a host with VLANs, ports by name, one SYN on five lines. */
const VLANS = `
15:39:27.919950 IP 28.117.161.129.53761 > 16.21.206.159.http: Flags [S], seq 781213085, win 65535, options [mss 1460,nop,wscale 6,nop,nop,TS val 130630673 ecr 0,sackOK,eol], length 0
15:39:27.921157 ethertype IPv4, IP 28.117.161.129.53760 > 16.21.206.159.http: Flags [S], seq 1817390795, win 65535, options [mss 1460,nop,wscale 6,nop,nop,TS val 130630673 ecr 0,sackOK,eol], length 0
15:39:27.921159 ethertype IPv4, IP 28.117.161.129.53760 > 16.21.206.159.http: Flags [S], seq 1817390795, win 65535, options [mss 1460,nop,wscale 6,nop,nop,TS val 130630673 ecr 0,sackOK,eol], length 0
15:39:27.921159 IP 28.117.161.129.53760 > 16.21.206.159.http: Flags [S], seq 1817390795, win 65535, options [mss 1460,nop,wscale 6,nop,nop,TS val 130630673 ecr 0,sackOK,eol], length 0
15:39:27.921750 IP 28.117.161.129.53760 > 16.21.206.159.http: Flags [S], seq 1817390795, win 65535, options [mss 1460,nop,wscale 6,nop,nop,TS val 130630673 ecr 0,sackOK,eol], length 0
15:39:27.921752 IP 28.117.161.129.53760 > 16.21.206.159.http: Flags [S], seq 1817390795, win 65535, options [mss 1460,nop,wscale 6,nop,nop,TS val 130630673 ecr 0,sackOK,eol], length 0
15:39:28.171940 ethertype IPv4, IP 28.117.161.129.53762 > 16.21.206.159.http: Flags [S], seq 2548617820, win 65535, options [mss 1460,nop,wscale 6,nop,nop,TS val 130630923 ecr 0,sackOK,eol], length 0
15:39:28.172538 IP 28.117.161.129.53762 > 16.21.206.159.http: Flags [S], seq 2548617820, win 65535, options [mss 1460,nop,wscale 6,nop,nop,TS val 130630923 ecr 0,sackOK,eol], length 0`

testCheck('cap-syn-unanswered', {
  fail: [
    {
      name: 'three connections, whatever the number of lines; where it was taken is not known',
      hosts: { web7: { 'tcpdump -i any -n host 28.117.161.129': VLANS } },
      claims: [
        {
          message: 'no-answer-place-unknown',
          data: {
            server: '16.21.206.159:http',
            connections: 3,
            ports: [53761, 53760, 53762],
            client: '28.117.161.129',
            lines: 8,
          },
          lines: [
            '15:39:27.919950 IP 28.117.161.129.53761 > 16.21.206.159.http: Flags [S], seq 781213085, win 65535, options [mss 1460,nop,wscale 6,nop,nop,TS val 130630673 ecr 0,sackOK,eol], length 0',
          ],
          severity: 'critical',
          proof: 'direct',
        },
      ],
    },
    {
      name: 'the SYN comes to a real server, and nothing leaves it',
      hosts: cluster({ rs1: { ...dr.rs1, ...capture(SILENT) } }),
      claims: [
        {
          message: 'no-answer',
          data: { server: `${VIP}:80`, connections: 2, ports: [40001, 40002], host: 'rs1', point: 'server', lines: 4 },
          lines: [line(10, 'In ', syn(40001)), line(13, 'In ', syn(40002))],
          hosts: ['rs1'],
        },
      ],
    },
    {
      name: 'seen on the client and on the real server: the real server tells more',
      hosts: {
        rs1: { ...dr.rs1, ...capture(SILENT) },
        client: {
          [`curl http://${VIP}/`]: 'curl: (28) timed out',
          ...capture(SILENT.map((l) => l.replace('In ', 'Out'))),
        },
        ds1: { ...dr.ds1, ...capture(SILENT.flatMap((l) => [l, l.replace('In ', 'Out')])) },
      },
      claims: [
        {
          message: 'no-answer',
          data: { connections: 2, host: 'rs1', point: 'server' },
          lines: [line(10, 'In ', syn(40001))],
        },
      ],
    },
    {
      name: 'only the client was captured, on its own interface: it asks again, so it has heard nothing',
      hosts: cluster({
        client: {
          [`curl http://${VIP}/`]: 'curl: (28) timed out',
          ...capture(
            SILENT.map((l) => l.replace('eth0  In ', '').replace('  ', ' ')),
            "tcpdump -nn -i eth0 'host 192.168.10.100'",
          ),
        },
      }),
      claims: [
        {
          message: 'no-answer',
          data: { connections: 2, host: 'client', point: 'client' },
          lines: [line(10, '', syn(40001))],
        },
      ],
    },
    {
      name: 'in NAT mode the answer has to pass the director',
      hosts: { ds1: { ...nat.ds1, ...capture(SILENT) }, rs1: nat.rs1 },
      claims: [
        { message: 'no-answer', data: { host: 'ds1', point: 'nat-director' }, lines: [line(10, 'In ', syn(40001))] },
      ],
    },
    {
      name: 'an earlier capture counts as well',
      hosts: cluster({
        rs1: { ...dr.rs1, ...capture(SILENT), [`${TCPDUMP} #2`]: capture(asking([40003]))[TCPDUMP] ?? '' },
      }),
      claims: [
        {
          message: 'no-answer',
          data: { connections: 3, ports: [40001, 40002, 40003] },
          lines: [line(10, 'In ', syn(40003))],
        },
      ],
    },
  ],
  pass: [
    { name: 'answered', hosts: { rs1: { ...dr.rs1, ...capture(ANSWERED) }, ...captured(dr, ['ds1']) } },
    {
      name: 'a reset is an answer: the service is stopped',
      hosts: {
        rs1: {
          ...dr.rs1,
          ...capture([
            line(10, 'In ', syn(40001)),
            line(10.0001, 'Out', `${VIP}.80 > 172.16.0.10.40001: Flags [R.], seq 0, ack 40001001, win 0, length 0`),
          ]),
        },
        ...captured(dr, ['ds1']),
      },
    },
    {
      name: 'an ICMP error is an answer',
      hosts: {
        rs1: {
          ...dr.rs1,
          ...capture([
            line(10, 'In ', syn(40001)),
            line(10.0001, 'Out', `${VIP} > 172.16.0.10: ICMP host ${VIP} unreachable - admin prohibited, length 68`),
          ]),
        },
        ...captured(dr, ['ds1']),
      },
    },
    {
      name: 'the director saw the SYN, the real server answered it',
      hosts: {
        ds1: { ...dr.ds1, ...capture([line(10, 'In ', syn(40001)), line(10.0001, 'Out', syn(40001))]) },
        rs1: { ...dr.rs1, ...capture(ANSWERED) },
      },
    },
    {
      name: 'IPVS rewrote the destination: one connection, answered behind the director',
      hosts: {
        ds1: {
          ...nat.ds1,
          ...capture([
            line(10, 'In ', syn(40001)),
            line(10.0001, 'Out', syn(40001, '10.10.0.21.80'), 'eth1'),
            line(10.0002, 'In ', synAck(40001, '10.10.0.21.80'), 'eth1'),
            line(10.0003, 'Out', synAck(40001)),
          ]),
        },
      },
    },
    {
      name: 'a health check finds a stopped server: no client waits',
      hosts: {
        rs1: {
          ...dr.rs1,
          ...capture([
            ...ANSWERED,
            line(12, 'In ', syn(50001, '192.168.10.21.80', '192.168.10.11')),
            line(13.1, 'In ', syn(50001, '192.168.10.21.80', '192.168.10.11')),
          ]),
        },
        ...captured(dr, ['ds1']),
      },
    },
    {
      name: 'silent before a change, answered after it',
      hosts: {
        rs1: {
          ...dr.rs1,
          ...capture(SILENT),
          'iptables -F': '',
          'iptables -S #2': NO_FIREWALL,
          [`${TCPDUMP} #2`]: capture([line(50, 'In ', syn(40009)), line(50.0001, 'Out', synAck(40009))])[TCPDUMP] ?? '',
        },
        ...captured(dr, ['ds1']),
      },
    },
  ],
  notApplicable: [
    {
      name: 'a DR director alone never sees the answers',
      hosts: { ds1: { ...dr.ds1, ...capture(SILENT.flatMap((l) => [l, l.replace('In ', 'Out')])) } },
      reason: 'answers-pass-elsewhere',
    },
    {
      name: 'nor does a TUN director',
      hosts: { ds1: { ...tun.ds1, ...capture(SILENT) } },
      reason: 'answers-pass-elsewhere',
    },
    {
      name: 'no connection in the capture',
      hosts: { rs1: { ...dr.rs1, ...capture([]) }, ...captured(dr, ['ds1']) },
      reason: 'no-connection',
    },
  ],
  undecided: [
    {
      name: 'the statistics are missing, and the last line is the SYN: the capture may be cut there',
      hosts: cluster({
        rs1: { ...dr.rs1, [TCPDUMP]: [...ANSWERED, line(10.4, 'In ', syn(40002))].join('\n') },
      }),
      reason: 'cannot-tell',
    },
    {
      name: 'the kernel dropped packets',
      hosts: cluster({ rs1: { ...dr.rs1, ...capture(SILENT, TCPDUMP, 7) } }),
      reason: 'cannot-tell',
    },
    {
      name: 'a filter that hides the answers',
      hosts: cluster({ rs1: { ...dr.rs1, ...capture(SILENT, `tcpdump -nn -i any 'dst ${VIP}'`) } }),
      reason: 'cannot-tell',
    },
    {
      name: 'the command is not known',
      hosts: { 'notes.txt': `${SILENT.join('\n')}\n` },
      reason: 'cannot-tell',
      on: 'case',
    },
    {
      name: '-c ended the capture right after the SYN',
      hosts: cluster({
        rs1: {
          ...dr.rs1,
          ...capture(
            [line(10, 'In ', syn(40001)), line(10.2, 'In ', syn(40002))],
            `${TCPDUMP.replace('-i', '-c 2 -i')}`,
          ),
        },
      }),
      reason: 'cannot-tell',
    },
    {
      name: 'one interface of a host with an unknown number of them',
      hosts: cluster({
        rs1: {
          ...without(dr.rs1, 'ip addr'),
          ...capture(
            SILENT.map((l) => l.replace('eth0  In  ', '')),
            'tcpdump -nn -i eth0',
          ),
        },
      }),
      roles: { rs1: 'real-server' },
      reason: 'cannot-tell',
    },
    {
      name: 'a router: the answer may take another way',
      hosts: cluster({
        router: {
          ...capture(SILENT.flatMap((l) => [l, l.replace('eth0  In ', 'eth1  Out')])),
          'ip addr': dr.rs2['ip addr'] ?? '',
        },
      }),
      reason: 'cannot-tell',
    },
    {
      name: 'the real server answers, the client asks again: lost on the way back',
      hosts: {
        rs1: { ...dr.rs1, ...capture([...SILENT, line(16, 'Out', synAck(40001)), line(16, 'Out', synAck(40002))]) },
        client: {
          [`curl http://${VIP}/`]: 'curl: (28) timed out',
          'ip neigh': '',
          ...capture(SILENT.map((l) => l.replace('In ', 'Out'))),
        },
        ...captured(dr, ['ds1']),
      },
      reason: 'cannot-tell',
    },
  ],
  notChecked: [{ name: 'no capture', hosts: { ds1: dr.ds1, rs1: dr.rs1 } }],
})

/** Hosts with a capture in which nothing happened: a pass needs one of every host. */
function captured(from: Readonly<Record<string, Outputs>>, names: readonly string[]): Record<string, Outputs> {
  return Object.fromEntries(names.map((name) => [name, { ...from[name], ...capture([]) }]))
}
