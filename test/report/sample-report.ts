/** Reports as the engine makes them: two directors, one firewall between them, and the usual loose ends. */
import type { Finding, Report, Result } from '../../src/model/report.ts'

const RULES = 'iptables -S'
const CONF = 'cat /etc/keepalived/keepalived.conf'

const firewall: Finding = {
  id: 'f1',
  check: 'vrrp-blocked-input',
  category: 'firewall',
  message: 'rejected-by-rule',
  severity: 'critical',
  hosts: ['ds2'],
  title: 'ds2 firewall drops VRRP from 10.0.0.11',
  text: 'The adverts of ds1 reach ds2 and are rejected by its INPUT chain, so ds2 hears no master and becomes one itself.',
  data: { rule: 5 },
  evidence: [
    {
      source: 'ds2.txt',
      host: 'ds2',
      command: RULES,
      line: 41,
      text: '-A INPUT -j REJECT --reject-with icmp-host-prohibited',
    },
    { source: 'ds2.txt', host: 'ds2', command: RULES, line: 9, text: '-P INPUT ACCEPT' },
    {
      source: 'ds2.txt',
      host: 'ds2',
      command: CONF,
      line: 103,
      text: '\tvirtual_router_id 51   # 虚拟路由编号，两台必须一致',
    },
  ],
  fix: {
    say: 'Let IP protocol 112 in before the rule that rejects everything.',
    steps: [
      {
        host: 'ds2',
        run: 'iptables -I INPUT 4 -p vrrp -j ACCEPT',
        persist: 'service iptables save',
        risk: 'moves-traffic',
        undo: 'iptables -D INPUT -p vrrp -j ACCEPT',
      },
    ],
    verify: 'lvsdoctor check -H ds1 -H ds2 --only vrrp-blocked-input',
  },
  explainedBy: null,
}

const twoMasters: Finding = {
  ...firewall,
  id: 'f2',
  check: 'dual-vip',
  category: 'address',
  hosts: ['ds1', 'ds2'],
  title: 'VIP 10.0.0.1 is on ds1 and ds2',
  explainedBy: 'f1',
}

const adverts: Finding = {
  ...firewall,
  id: 'f3',
  check: 'cap-two-masters',
  category: 'capture',
  severity: 'warning',
  hosts: [],
  explainedBy: 'f1',
}

const weight: Finding = {
  id: 'f4',
  check: 'rs-weight-zero',
  category: 'ipvs',
  message: 'weight-zero',
  severity: 'warning',
  hosts: ['ds1'],
  title: 'real server 10.0.0.21:80 has weight 0 and gets no new connections',
  text: 'A weight of 0 drains the server.',
  data: {},
  evidence: [
    {
      source: 'ds1.txt',
      host: 'ds1',
      command: '',
      line: 12,
      text: '  -> 10.0.0.21:80                 Route   0      0          0',
    },
  ],
  fix: {
    say: 'Set the weight back when the maintenance is over.',
    steps: [{ host: 'ds1', run: 'ipvsadm -e -t 10.0.0.1:80 -r 10.0.0.21:80 -g -w 1', risk: 'safe' }],
    verify: 'ipvsadm -Ln',
  },
  explainedBy: null,
}

const smell: Finding = {
  ...weight,
  id: 'f5',
  check: 'keepalived-auth-pass',
  category: 'keepalived',
  severity: 'note',
  hosts: ['ds1', 'ds2'],
  title: 'auth_pass is longer than the eight characters that count',
}

function result(
  check: string,
  target: string,
  status: Result['status'],
  because: string,
  gaps: Result['gaps'] = [],
): Result {
  return { check, target, status, because, gaps }
}

const needRules = { code: 'denied', host: 'web1', ask: ['sudo iptables-save', 'sudo iptables -S'] } as const
const needSysctl = { code: 'not-collected', host: 'web1', ask: ['sysctl -a'] } as const

const results: readonly Result[] = [
  result('vrrp-blocked-input', 'ds1', 'pass', 'VRRP is accepted by ds1.txt:31'),
  result('vrrp-blocked-input', 'ds2', 'fail', 'rejected by ds2.txt:41'),
  result('rs-arp-ignore', 'ds1', 'not-applicable', 'it is no real server'),
  result('rs-arp-ignore', 'web1', 'not-checked', 'a fact is missing', [needSysctl]),
  result('rs-rp-filter', 'web1', 'not-checked', 'a fact is missing', [needSysctl, needRules]),
  result('vrrp-advert-int', 'case', 'undecided', 'one of the two configurations is cut short'),
]

/** A split brain: one root cause that explains two findings, one open finding, a note, and gaps on a third host. */
export const splitBrain: Report = {
  schemaVersion: '1.0',
  tool: { name: 'lvsdoctor', version: '0.1.0' },
  result: { status: 'critical', exitCode: 2, complete: false },
  hosts: [
    { id: 'ds1', names: ['ds1'], roles: ['director'], vips: ['10.0.0.1'], sources: ['ds1.txt'] },
    { id: 'ds2', names: ['ds2'], roles: ['director'], vips: ['10.0.0.1'], sources: ['ds2.txt'] },
    { id: 'web1', names: ['web1'], roles: ['real-server'], vips: ['10.0.0.1'], sources: ['web1.txt'] },
  ],
  services: [
    {
      vip: '10.0.0.1',
      port: 80,
      fwmark: null,
      protocol: 'tcp',
      mode: 'DR',
      directors: ['ds1', 'ds2'],
      realServers: ['10.0.0.21:80'],
    },
  ],
  rootCauses: [{ finding: 'f1', explains: ['f2', 'f3'] }],
  findings: [firewall, twoMasters, adverts, weight, smell],
  results,
  coverage: { total: 6, fail: 1, pass: 1, notApplicable: 1, undecided: 1, notChecked: 2, crashed: 0 },
  topology: {
    nodes: [
      {
        host: 'ds1',
        role: 'director',
        address: '10.0.0.11',
        marks: [
          { text: 'MASTER 150', bad: false, finding: null },
          { text: 'VIP eth0', bad: false, finding: null },
        ],
      },
      {
        host: 'ds2',
        role: 'director',
        address: '10.0.0.12',
        marks: [
          { text: 'MASTER 100', bad: true, finding: 'f1' },
          { text: 'VIP eth0', bad: true, finding: 'f2' },
        ],
      },
      {
        host: 'web1',
        role: 'real-server',
        address: '10.0.0.21',
        marks: [
          { text: 'w=0', bad: true, finding: 'f4' },
          { text: 'VIP lo', bad: false, finding: null },
        ],
      },
    ],
    links: [{ from: 'ds1', to: 'ds2', label: 'VRRP 51', broken: true, finding: 'f1' }],
  },
  unread: [7, 8, 9, 10].map((n) => ({ source: 'web1.txt', line: n, text: `%%% line ${n} of something else` })),
}

/** The same cluster in health. */
export const healthy: Report = {
  ...splitBrain,
  result: { status: 'ok', exitCode: 0, complete: true },
  rootCauses: [],
  findings: [],
  results: [
    result('vrrp-blocked-input', 'ds1', 'pass', 'accepted'),
    result('vrrp-blocked-input', 'ds2', 'pass', 'accepted'),
  ],
  coverage: { total: 3, fail: 0, pass: 2, notApplicable: 1, undecided: 0, notChecked: 0, crashed: 0 },
  topology: { nodes: [], links: [] },
  unread: [],
}

/** Nothing came in that any check could use. */
export const blind: Report = {
  ...healthy,
  result: { status: 'unknown', exitCode: 3, complete: false },
  hosts: [{ id: 'web1', names: ['web1'], roles: [], vips: [], sources: ['web1.txt'] }],
  services: [],
  results: [result('rs-arp-ignore', 'web1', 'not-checked', 'a fact is missing', [needSysctl])],
  coverage: { total: 1, fail: 0, pass: 0, notApplicable: 0, undecided: 0, notChecked: 1, crashed: 0 },
}
