/** Messages about the configuration and the daemon itself, releases 1.2 to 2.3 (parser.c, main.c, vrrp_parser.c). */
import { instanceOf, type Wording } from './wording.ts'

export const CONFIG_WORDINGS: readonly Wording[] = [
  [
    /^Configuration file '([^']*)' is not a regular non-executable file/,
    ([, path = '']) => ({ kind: 'conf-skipped', path }),
  ],
  [/^Configuration file '([^']*)' open problem/, ([, path = '']) => ({ kind: 'conf-missing', path })],
  [
    /^(?:Config files|Some config files) missing:? ['"]([^'"]*)['"]/,
    ([, path = '']) => ({ kind: 'conf-missing', path }),
  ],
  [
    /^Unable to find (?:configuration file|config file\(s\)) '?([^\s']+)'?/,
    ([, path = '']) => ({ kind: 'conf-missing', path }),
  ],
  [
    /^Unknown keyword '([^']*)'/,
    ([, word = ''], { path, line }) => ({
      kind: 'unknown-keyword',
      word,
      ...(path === undefined ? {} : { path }),
      ...(line === undefined ? {} : { line }),
    }),
  ],
  [/^No VIP specified; at least one is/, (_, context) => ({ kind: 'no-vip', ...instanceOf(context) })],
  [
    /^Cant find interface (\S+) for vrrp_instance (\S+)/,
    ([, dev = '', instance = '']) => ({ kind: 'interface-missing', interface: dev, instance }),
  ],
  [
    /^WARNING - interface (\S+) for vrrp_instance (\S+) doesn't exist/,
    ([, dev = '', instance = '']) => ({ kind: 'interface-missing', interface: dev, instance }),
  ],
  [/^Truncating auth_pass to/, (_, context) => ({ kind: 'auth-truncated', ...instanceOf(context) })],
  [
    /^(Starting|Stopped|Stopping) Keepalived(?: v(\d[\w.]*))?/,
    ([, verb, version]) => ({
      kind: verb === 'Starting' ? 'started' : 'stopped',
      ...(version === undefined ? {} : { version }),
    }),
  ],
]
