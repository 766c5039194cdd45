/** Which format a file has, by its path. */
import { baseName } from '../lib/text.ts'

const BY_PATH: readonly (readonly [string, RegExp])[] = [
  ['sysctl', /^\/proc\/sys\//],
  ['sysctl-conf', /(?:^|\/)sysctl(?:\.conf$|\.d\/)|\/sysctl[^/]*\.conf$/],
  ['keepalived-conf', /(?:^|\/)[^/]*keepalived[^/]*\.conf(?:[._-][^/]*)?$|\/keepalived\/.+\.(?:conf|cfg|inc)$/],
  ['keepalived-log', /\/var\/log\/.*(?:messages|syslog|daemon|keepalived)|(?:^|\/)keepalived[^/]*\.log/],
  ['ipvsadm', /^\/proc\/net\/ip_vs$/],
  ['machine-id', /^\/etc\/machine-id$/],
  [
    'os-release',
    /^\/(?:etc|usr\/lib)\/(?:os-release|centos-release|redhat-release|rocky-release|almalinux-release|system-release)$/,
  ],
  ['avc', /^\/var\/log\/audit\/audit\.log/],
  ['script', /\.(?:sh|bash)$|\/init\.d\/|\/rc\.local$/],
]

/** Format id of the file's text, or undefined. */
export function formatOfPath(path: string): string | undefined {
  for (const [format, pattern] of BY_PATH) if (pattern.test(path)) return format
  return undefined
}

/** Looks like the path of a file one could print. */
export function isPath(word: string): boolean {
  return /^[./~]|\.[a-z]{1,8}$|\//.test(word) || baseName(word) !== word
}
