// Large iptables-save texts as clusters make them, and what reading and walking them costs.
//   node test/bench/rules.mjs            100,000 rules of three kinds, and half and a fifth of that
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** `10.64.0.0` plus n. */
const ip = (net, n) => `${net}.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`
const hash = (n) => (n * 2654435761 + 97).toString(36).toUpperCase().padStart(10, 'Q').slice(-10)

/** kube-proxy: a service is a rule of KUBE-SERVICES, a chain that chooses by chance, and a chain for each endpoint. Eight rules a service. */
export function kubeProxy(rules) {
  const chains = []
  const lines = []
  for (let n = 0; n * 8 < rules; n++) {
    const name = `"default/app-${n}:http"`
    const svc = `KUBE-SVC-${hash(n)}`
    const ends = [0, 1].map((end) => `KUBE-SEP-${hash(n * 2 + end + 1_000_003)}`)
    chains.push(svc, ...ends)
    lines.push(
      `-A KUBE-SERVICES -d ${ip('10', n + 96 * 65536)}/32 -p tcp -m comment --comment ${name.slice(0, -1)} cluster IP" -m tcp --dport 80 -j ${svc}`,
      `-A ${svc} ! -s 10.244.0.0/16 -d ${ip('10', n + 96 * 65536)}/32 -p tcp -m comment --comment ${name} -m tcp --dport 80 -j KUBE-MARK-MASQ`,
      `-A ${svc} -m comment --comment ${name} -m statistic --mode random --probability 0.50000000000 -j ${ends[0]}`,
      `-A ${svc} -m comment --comment ${name} -j ${ends[1]}`,
    )
    for (const [end, chain] of ends.entries()) {
      const pod = ip('10', n * 2 + end + 244 * 65536)
      lines.push(
        `-A ${chain} -s ${pod}/32 -m comment --comment ${name} -j KUBE-MARK-MASQ`,
        `-A ${chain} -p tcp -m comment --comment ${name} -m tcp -j DNAT --to-destination ${pod}:8080`,
      )
    }
  }
  return `*filter
:INPUT DROP [0:0]
:FORWARD DROP [0:0]
:OUTPUT ACCEPT [0:0]
:KUBE-FORWARD - [0:0]
-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A FORWARD -j KUBE-FORWARD
-A KUBE-FORWARD -m mark --mark 0x4000/0x4000 -j ACCEPT
-A INPUT -p vrrp -j ACCEPT
COMMIT
*nat
:PREROUTING ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
:KUBE-SERVICES - [0:0]
:KUBE-MARK-MASQ - [0:0]
${chains.map((chain) => `:${chain} - [0:0]`).join('\n')}
-A PREROUTING -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
-A OUTPUT -m comment --comment "kubernetes service portals" -j KUBE-SERVICES
-A KUBE-MARK-MASQ -j MARK --set-xmark 0x4000/0x4000
${lines.join('\n')}
COMMIT
`
}

/** Black lists as scripts write them: one rule an address, every tenth asks an ipset, whose members iptables-save does not show. */
export function blackList(rules) {
  const lines = []
  for (let n = 0; n < rules; n++) {
    const from = ip('203', n)
    lines.push(
      n % 10 === 0
        ? `-A INPUT -p tcp -m set --match-set bad${n % 500} src -m tcp --dport ${1024 + (n % 5000)} -j DROP`
        : `-A INPUT -s ${from}/32 -p tcp -m tcp --dport ${1 + (n % 65535)} -m state --state NEW -j DROP`,
    )
  }
  return `*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n${lines.join('\n')}\n-A INPUT -p vrrp -j ACCEPT\nCOMMIT\n`
}

/** A tree of chains by network, as generators that care for speed write it: every chain is called for many packets. */
export function tree(rules) {
  const chains = []
  const lines = []
  for (let n = 0; n * 10 < rules; n++) {
    const chain = `NET-${n}`
    chains.push(`:${chain} - [0:0]`)
    lines.push(`-A INPUT -s ${ip('10', n * 256)}/24 -j ${chain}`)
    for (let rule = 0; rule < 9; rule++)
      lines.push(
        `-A ${chain} -p tcp -m multiport --dports ${rule + 1},${rule + 1000}:${rule + 2000} -m limit --limit 5/sec -j ACCEPT`,
      )
  }
  return `*filter\n:INPUT DROP [0:0]\n:FORWARD ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n${chains.join('\n')}\n${lines.join('\n')}\n-A INPUT -p vrrp -j ACCEPT\nCOMMIT\n`
}

const KINDS = { 'kube-proxy': kubeProxy, 'black list': blackList, 'chain tree': tree }
const QUESTION = [
  '--hook',
  'input',
  '--proto',
  'tcp',
  '--src',
  '198.51.100.7',
  '--dst',
  '10.96.0.9',
  '--dport',
  '80',
  '--in',
  'eth0',
]

function bench() {
  const launcher = fileURLToPath(new URL('../../bin/run.js', import.meta.url))
  const folder = mkdtempSync(join(tmpdir(), 'lvsdoctor-rules-'))
  const hook = join(folder, 'usage.cjs')
  const told =
    "process.on('exit',()=>{const u=process.resourceUsage();require('node:fs').writeSync(2,'\\n'+[performance.now(),(u.userCPUTime+u.systemCPUTime)/1e3,u.maxRSS/1024].join(' '))})"
  writeFileSync(hook, told)
  console.log(`trace --hook, node ${process.version}; medians of 3`)
  console.log(
    `${''.padEnd(24)}${'MB'.padStart(7)}${'wall ms'.padStart(9)}${'CPU ms'.padStart(9)}${'RSS MiB'.padStart(9)}  verdict`,
  )
  for (const [kind, make] of Object.entries(KINDS)) {
    for (const rules of [20_000, 50_000, 100_000]) {
      const text = make(rules)
      const file = join(folder, 'rules.txt')
      writeFileSync(file, text)
      const runs = [1, 2, 3].map(() => {
        const args = ['--require', hook, launcher, 'trace', ...QUESTION, file]
        const { stderr, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 28 })
        return { usage: stderr.trim().split('\n').at(-1).split(' ').map(Number), verdict: stdout.split(' ')[0] }
      })
      const cells = [0, 1, 2].map((at) =>
        runs
          .map(({ usage }) => usage[at])
          .sort((a, b) => a - b)[1]
          .toFixed(0)
          .padStart(9),
      )
      const size = (text.length / 1e6).toFixed(1).padStart(7)
      console.log(`${`${kind}, ${rules}`.padEnd(24)}${size}${cells.join('')}  ${runs[0].verdict}`)
    }
  }
  rmSync(folder, { recursive: true })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) bench()
