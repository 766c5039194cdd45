/** Messages of the health checkers, releases 1.2 to 2.3 (check_*.c, ipwrapper.c, check_data.c). */
import { endpointOf, type Wording } from './wording.ts'

/** A real server as checkers name it, with the full stop of the sentence taken off. */
const SERVER = String.raw`(\[[^\]]{1,64}\][^\s,]*?)\.?(?=[\s,]|$)`

function server(text: string | undefined) {
  const endpoint = endpointOf(text)
  return endpoint === undefined ? {} : { server: endpoint }
}

function failed(pattern: string): Wording {
  return [new RegExp(pattern), ({ input, 1: who }) => ({ kind: 'check-failed', ...server(who), reason: input })]
}

function succeeded(pattern: string): Wording {
  return [new RegExp(pattern), ({ input, 1: who }) => ({ kind: 'check-succeeded', ...server(who), reason: input })]
}

export const CHECK_WORDINGS: readonly Wording[] = [
  succeeded(`^(?:TCP|UDP|ICMP) connection to ${SERVER} success`),
  succeeded(`^(?:HTTP(?: status code)?|MD5 digest|Regex match) success to ${SERVER}`),
  succeeded(`^Remote (?:Web|SMTP) server ${SERVER} succeed`),
  succeeded(`^Misc check (?:to|for) ${SERVER} .*success`),
  failed(`^(?:TCP|UDP|ICMP) connection to ${SERVER} (?:failed|timeout)`),
  failed(`^(?:HTTP status code|MD5 digest|Regex) (?:error|failed?) to ${SERVER}`),
  failed(`^(?:TCP_|UDP_|PING_|DNS_|HTTP_|SMTP_)?(?:CHECK|Check) on service ${SERVER} .*?failed`),
  failed(`^Misc check (?:to|for) ${SERVER} .*(?:failed|timed out)`),
  failed(`^(?:Error connecting|Timeout [\\w ,]{1,40}?)(?: to)? server ${SERVER}`),
  failed(`^(?:Connection timeout to|Read (?:timeout|failure) from|Read error with) server ${SERVER}`),
  failed(`^(?:Bad greeting banner|Bad HELO response) from server ${SERVER}`),
  [
    /^(Removing|Disabling|Adding|Enabling) service (\S+) (?:from|of|to) VS (\S+)/,
    ([, verb = '', rs, vs]) => {
      const kind = verb === 'Removing' || verb === 'Disabling' ? 'server-removed' : 'server-added'
      const service = endpointOf(vs)
      return { kind, ...server(rs), ...(service === undefined ? {} : { service }) }
    },
  ],
  [/ports don't match/, ({ input }) => ({ kind: 'port-reset', reason: input })],
]
