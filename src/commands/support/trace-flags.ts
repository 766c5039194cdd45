/** Flags of `trace`. */
import { boolean, string } from '@oclif/core/flags'
import { collectFlags, globalFlags } from './flags.ts'

export const traceFlags = {
  client: string({ helpValue: 'IP', summary: 'where the packet comes from' }),
  vip: string({ helpValue: 'IP[:PORT]', summary: 'the virtual service it is for' }),
  udp: boolean({ summary: 'a UDP packet; TCP without it' }),
  vrrp: boolean({ summary: 'the way of VRRP adverts from each director to the others' }),
  arp: boolean({ summary: 'the way of an ARP request for --vip: who hears it and answers' }),
  'health-check': boolean({ summary: 'the way of a health check from each director to each real server, and back' }),
  hook: string({ helpValue: 'input|output|forward', summary: "ask one host's packet filter alone" }),
  on: string({ helpValue: 'HOST', summary: 'with --hook: which host, where the evidence is of several' }),
  proto: string({ helpValue: 'vrrp|tcp|udp|icmp|ipip|N', summary: 'with --hook: IP protocol (ipip is 4)' }),
  src: string({ helpValue: 'IP', summary: 'with --hook: source address' }),
  dst: string({ helpValue: 'IP', summary: 'with --hook: destination address' }),
  sport: string({ helpValue: 'N', summary: 'with --hook: source port' }),
  dport: string({ helpValue: 'N', summary: 'with --hook: destination port' }),
  in: string({ helpValue: 'IF', summary: 'with --hook: interface it comes in by' }),
  out: string({ helpValue: 'IF', summary: 'with --hook: interface it leaves by' }),
  ctstate: string({
    helpValue: 'new|established|related|invalid|untracked',
    summary: 'with --hook: what connection tracking says',
  }),
  'icmp-type': string({ helpValue: 'N', summary: 'with --hook: ICMP type' }),
  json: boolean({ summary: 'one JSON document (docs/trace.schema.json)' }),
  as: string({ helpValue: 'NAME', summary: 'host that the one SOURCE is of' }),
  ...collectFlags,
  ...globalFlags,
}

/** Their values as oclif hands them over. */
export interface TraceFlags {
  readonly client?: string | undefined
  readonly vip?: string | undefined
  readonly udp: boolean
  readonly vrrp: boolean
  readonly arp: boolean
  readonly 'health-check': boolean
  readonly hook?: string | undefined
  readonly on?: string | undefined
  readonly proto?: string | undefined
  readonly src?: string | undefined
  readonly dst?: string | undefined
  readonly sport?: string | undefined
  readonly dport?: string | undefined
  readonly in?: string | undefined
  readonly out?: string | undefined
  readonly ctstate?: string | undefined
  readonly 'icmp-type'?: string | undefined
  readonly json: boolean
  readonly as?: string | undefined
  readonly timeout?: string | undefined
  readonly 'command-timeout'?: string | undefined
  readonly quiet: boolean
  readonly verbose: boolean
}
