/** What a command would change on the host; looking commands change nothing. */
import type { ChangeKind } from '../model/facts.ts'
import { outputFile, unwrap } from './effective.ts'
import { splitPipe, type Token } from './words.ts'

type Rule = (args: readonly string[]) => ChangeKind | undefined

function when(kind: ChangeKind, pattern: RegExp): Rule {
  return (args) => (args.some((arg) => pattern.test(arg)) ? kind : undefined)
}

const always =
  (kind: ChangeKind): Rule =>
  () =>
    kind

const LOOKS = /^(?:s|sh|sho|show|l|ls|lst|li|list|get|monitor|save|dev)$/

const iptables = when(
  'firewall',
  /^-[A-Za-z]*[AIDRFXPNZE]$|^--(?:append|insert|delete|replace|flush|new-chain|delete-chain|policy|zero|rename-chain)$/,
)

function ip(args: readonly string[]): ChangeKind | undefined {
  const words = args.filter((arg) => !arg.startsWith('-'))
  const [object = '', verb] = words
  if (verb === undefined || LOOKS.test(verb)) return undefined
  if (/^a/.test(object)) return 'addresses'
  // A link that goes down takes its routes and addresses' use with it; `ip link set` is told as addresses.
  if (/^(?:l|t|m)/.test(object)) return 'addresses'
  if (/^r/.test(object)) return 'routes'
  return /^n(?!etns)/.test(object) ? 'neighbours' : undefined
}

function service(args: readonly string[]): ChangeKind | undefined {
  const verbs =
    /^(?:start|stop|restart|reload|condrestart|try-restart|force-reload|reload-or-restart|kill|enable|disable|mask|unmask)$/
  if (args.includes('save')) return 'files'
  return args.some((arg) => verbs.test(arg)) ? 'service' : undefined
}

const RULES: Readonly<Record<string, Rule>> = {
  sysctl: (args) =>
    args.some((arg) => /^-[a-zA-Z]*[wp]$|^--(?:write|load|system)/.test(arg) || /=/.test(arg)) ? 'sysctl' : undefined,
  iptables,
  'iptables-legacy': iptables,
  'iptables-nft': iptables,
  ip6tables: iptables,
  arptables: iptables,
  'iptables-restore': always('firewall'),
  'ip6tables-restore': always('firewall'),
  'firewall-cmd': when(
    'firewall',
    /^--(?:add|remove|reload|complete-reload|set|change|direct|panic-on|panic-off|passthrough)/,
  ),
  ufw: when('firewall', /^(?:allow|deny|reject|enable|disable|reset|delete|insert|reload)$/),
  nft: when('firewall', /^(?:add|insert|delete|flush|replace|create|rename|-f)$/),
  ip,
  ifconfig: (args) => (args.filter((arg) => !arg.startsWith('-')).length > 1 ? 'addresses' : undefined),
  ifup: always('addresses'),
  ifdown: always('addresses'),
  nmcli: when('addresses', /^(?:up|down|modify|mod|reload|add|delete|reapply)$/),
  route: when('routes', /^(?:add|del|delete|flush)$/),
  arp: when('neighbours', /^-[a-z]*[dsf]$/),
  systemctl: service,
  service,
  chkconfig: when('service', /^(?:on|off|--add|--del)$/),
  kill: always('service'),
  pkill: always('service'),
  killall: always('service'),
  keepalived: (args) =>
    args.some((arg) => /^(?:-v|--version|-h|--help|-t|--config-test)/.test(arg)) ? undefined : 'service',
  reboot: always('service'),
  ipvsadm: when('ipvs', /^-[a-z]*[AaDdCeERZ]|^--(?:add|edit|delete|clear|restore|zero|start-daemon|stop-daemon)/),
  'ipvsadm-restore': always('ipvs'),
  modprobe: always('modules'),
  insmod: always('modules'),
  rmmod: always('modules'),
  sed: when('files', /^-[a-zA-Z]*i|^--in-place/),
  sh: always('unknown'),
  bash: always('unknown'),
  source: always('unknown'),
  '.': always('unknown'),
}

const FILES =
  /^(?:chmod|chown|chgrp|vi|vim|nano|emacs|cp|mv|rm|ln|tee|touch|mkdir|rmdir|install|rsync|setfacl|restorecon|patch|truncate)$/

/** Kind of change of one command of a list, undefined when it only looks. */
export function changesOf(list: readonly Token[]): ChangeKind | undefined {
  const file = outputFile(list)
  if (file !== undefined && file !== '/dev/null') return /^\/proc\/sys\//.test(file) ? 'sysctl' : 'files'
  for (const stage of splitPipe(list)) {
    const kind = changesOfWords(stage.map((token) => token.word))
    if (kind !== undefined) return kind
  }
  return undefined
}

function changesOfWords(words: readonly string[]): ChangeKind | undefined {
  const [name = '', ...args] = unwrap(words)
  if (FILES.test(name)) {
    const proc = args.some((arg) => /^\/proc\/sys\//.test(arg))
    return proc ? 'sysctl' : 'files'
  }
  const rule = Object.hasOwn(RULES, name) ? RULES[name] : undefined
  if (rule !== undefined) return rule(args)
  const typed = words.find((word) => word.endsWith(name)) ?? name
  if (/init\.d\//.test(typed)) return args.length === 0 ? 'unknown' : service(args)
  // A script of the operator's own can change anything; one that only reports its status does not.
  return /^\.{1,2}\/|^\/.*\.sh$/.test(typed) && args[0] !== 'status' ? 'unknown' : undefined
}
