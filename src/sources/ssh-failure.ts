/** What ssh's last words mean to the operator. Texts of OpenSSH 5 to 9. */

export interface Reason {
  readonly why: string
  /** One command or setting to try. */
  readonly tryThis: string
}

type Wording = readonly [RegExp, (host: string, match: RegExpExecArray) => Reason]

const WORDINGS: readonly Wording[] = [
  [
    /REMOTE HOST IDENTIFICATION HAS CHANGED/,
    (host) => ({
      why: 'its host key has changed: another machine may answer under this name',
      tryThis: `compare the key on its console; only if it is right: ssh-keygen -R ${nameOf(host)}`,
    }),
  ],
  [
    /(?:No \S+ host key is known for|Host key verification failed)/,
    (host) => ({ why: 'its host key is not known here', tryThis: `ssh ${host}, and compare the key it shows` }),
  ],
  [
    /Unable to negotiate with .*: no matching (host key type|key exchange method|cipher|MAC) found\. Their offer: (\S{1,200})/,
    (host, [, what = '', offer = '']) => ({
      why: `no common ${what}: it offers only ${offer}`,
      tryThis: `in ~/.ssh/config, for Host ${nameOf(host)}: ${OPTION[what] ?? 'Ciphers'} +${offer.split(',')[0] ?? ''}`,
    }),
  ],
  [
    /Permission denied(?: \(([\w,-]{1,80})\))?/,
    (host, [, ways]) => ({
      why: `the login was refused${ways === undefined ? '' : ` (it takes ${ways})`}`,
      tryThis: `ssh ${host} true, which has to work without a question`,
    }),
  ],
  [
    /Too many authentication failures/,
    (host) => ({
      why: 'the login was refused: too many keys were tried',
      tryThis: `in ~/.ssh/config, for Host ${nameOf(host)}: IdentitiesOnly yes, and IdentityFile`,
    }),
  ],
  [
    /Could not resolve hostname/,
    (host) => ({ why: 'the name has no address', tryThis: `getent hosts ${nameOf(host)}` }),
  ],
  [
    /Connection refused/,
    (host) => ({ why: 'nothing listens on its ssh port', tryThis: `ssh -p PORT ${host}, if it is another port` }),
  ],
  [
    /(?:Operation|Connection) timed out|Connection to .* timed out|timed out during banner exchange/,
    (host) => ({ why: 'it did not answer in time', tryThis: `ping ${nameOf(host)}; or a longer --connect-timeout` }),
  ],
  [
    /(No route to host|Network is unreachable)/,
    (host, [, said = '']) => ({ why: said.toLowerCase(), tryThis: `ip route get ${nameOf(host)}` }),
  ],
  [
    /(?:Connection (?:closed|reset) by|kex_exchange_identification|Broken pipe|closed by remote host)/,
    (host) => ({ why: 'it closed the connection', tryThis: `ssh -v ${host} true` }),
  ],
]

const OPTION: Readonly<Record<string, string>> = {
  'host key type': 'HostKeyAlgorithms',
  'key exchange method': 'KexAlgorithms',
  cipher: 'Ciphers',
  MAC: 'MACs',
}

/** `root@ds1` without the user. */
function nameOf(host: string): string {
  return host.replace(/^[^@]*@/, '')
}

/** Why there is no transcript of a host, from what ssh wrote on stderr. */
export function reasonOf(host: string, stderr: string): Reason {
  for (const [pattern, tell] of WORDINGS) {
    const match = pattern.exec(stderr)
    if (match !== null) return tell(host, match)
  }
  const [first = ''] = stderr.trim().split('\n')
  return {
    why: first === '' ? 'it printed no transcript' : first.slice(0, 200),
    tryThis: `ssh ${host} 'sh -c "echo it works"'`,
  }
}
