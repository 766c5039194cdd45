/**
 * Masks secrets before anything is stored. A token is `<secret-N/LENGTH>`; N is a ten-bit fingerprint of the first eight bytes
 * (all that keepalived uses), so that what was masked on two hosts, or in two runs, can still be compared: equal secrets are
 * equal, different ones differ but for one pair in a thousand, and too little is left to guess a secret from. A placeholder of the
 * author's (`****`) stays as it is: which password it stands for nobody knows.
 * The collector's script masks with the same function.
 */

export interface Redactor {
  /** One line with every secret replaced by `<secret-N/LENGTH>`. */
  line(text: string): string
}

const WORTH_A_LOOK = /auth|pass|pwd|secret|token|api_?key|:\/\/|PRIVATE KEY/i
const TOKEN = /^<secret-(\d+)\/\d+>$/
/** What people put in the place of a secret before they show a text. It hides nothing, and two of them mean nothing to each other. */
const PLACEHOLDER =
  /^(?:[*xX•●?]{3,}|<[a-z _-]{3,}>?|\[[a-z _-]{3,}\]?|(?:pass(?:word)?[-_])?(?:redacted|removed|hidden|masked|censored|omitted|sanitized)|[\u4e00-\u9fff]+)$/i

// Words that follow `auth_pass` in keepalived's own messages ("Truncating auth_pass to 8 characters").
const NOT_A_VALUE = /^(?:to|is|are|in|on|of|and|must|too|longer|has|was|for)$/

interface Pattern {
  /** One of these, in lower case, is in every line that the pattern can match: cheaper to look for than the pattern. */
  readonly hints: readonly string[]
  /** Group 1: kept. Group 2: the secret. */
  readonly find: RegExp
  readonly skip?: (value: string, before: string) => boolean
}

const VALUE = `("[^"]*"|'[^']*'|[^\\s"',;]+)`

const PATTERNS: readonly Pattern[] = [
  {
    hints: ['auth'],
    // keepalived.conf, also inside `sed s/auth_pass a/auth_pass b/`; the value may be quoted.
    find: /(auth_?pass(?:wd|word|phrase|s)?["']?[\s=:]+)("[^"]*"|'[^']*'|(?:(?!\/?auth_?pass)\S)+)/gi,
    skip: (value, before) => NOT_A_VALUE.test(value) && !/^[\s{]*$/.test(before),
  },
  // tcpdump -v of a VRRPv2 packet; the password is the last thing on the line.
  { hints: ['auth "'], find: /(\bauth ")(.*)(?="\s*$)/g },
  {
    hints: ['authentication'],
    find: /(\bauthentication\s.{0,80}?\bpass(?:word)?\s+)(\S+)/g,
    skip: (value) => /^[{}]$/.test(value),
  },
  {
    hints: ['authorization:'],
    find: /(\b(?:proxy-)?authorization:\s*(?:(?:basic|bearer|digest)\s+)?)(\S.*)$/gi,
  },
  { hints: ['://'], find: /(\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s:/@]{1,64}:)([^\s/@]+)(?=@)/gi },
  {
    hints: ['passw', 'passphrase', 'secret', 'token', 'api_key', 'apikey'],
    find: new RegExp(
      `(\\b(?:[\\w-]{0,32}password|passwd|passphrase|[\\w-]{0,32}secret|[\\w-]{0,32}token|api_?key)["']?\\s{0,4}[=:]\\s{0,4})${VALUE}`,
      'gi',
    ),
  },
  // Lower case only: `PWD=` is the working directory that sudo logs.
  { hints: ['pwd='], find: new RegExp(`(\\bpwd=)${VALUE}`, 'g') },
  {
    hints: ['-pass', '-token'],
    find: new RegExp(`((?:^|\\s)--?(?:password|passwd|pass|token)[= ]\\s{0,4})${VALUE}`, 'g'),
  },
  { hints: ['sshpass'], find: /(\bsshpass\s+-p\s*)(\S+)/g },
  { hints: ['curl'], find: /(\bcurl\b.{0,200}?\s(?:-u|--user)[\s=]*[^\s:]{1,64}:)(\S+)/g },
]

const PRIME = 997

/** 1000 to 1996. Bytes that are no visible ASCII character count as 0, as they do for awk in the C locale. */
function fingerprint(bytes: Uint8Array): number {
  let sum = 0
  for (const byte of bytes.subarray(0, 8)) sum = (sum * 33 + (byte > 32 && byte < 127 ? byte - 32 : 0)) % PRIME
  return 1000 + sum
}

/** Remembers only whether it is inside a private key. */
export function createRedactor(): Redactor {
  const encoder = new TextEncoder()
  let inKey = false

  function tokenOf(secret: string): string {
    const bytes = encoder.encode(secret)
    return `<secret-${fingerprint(bytes)}/${bytes.length}>`
  }

  function mask(value: string, conf: boolean): string {
    if (TOKEN.test(value)) return value
    const quote = /^(["']).*\1$/.test(value) && value.length > 1 ? value.charAt(0) : ''
    const bare = quote === '' ? value : value.slice(1, -1)
    // tcpdump 4.9 shows the zero padding of the eight-byte field as `^@`.
    const padded = bare.replace(/(?:\^@){1,8}$/, '')
    // keepalived ends an unquoted word at a comment sign, wherever it stands.
    const word = conf && quote === '' ? padded.replace(/(?!^)[#!].*$/, '') : padded
    // And at a brace, which ends the block: that one has to stay.
    const braces = conf && quote === '' ? (/[^}](\}+)$/.exec(word)?.[1] ?? '') : ''
    const secret = word.slice(0, word.length - braces.length)
    return secret === '' || TOKEN.test(secret) || PLACEHOLDER.test(secret)
      ? value
      : `${quote}${tokenOf(secret)}${quote}${braces}`
  }

  function line(text: string): string {
    if (inKey) return keyLine(text)
    if (!WORTH_A_LOOK.test(text)) return text
    if (text.includes('PRIVATE KEY-----')) return keyLine(text)
    const lower = text.toLowerCase()
    let masked = text
    for (const pattern of PATTERNS) {
      const { hints, find, skip } = pattern
      if (!hints.some((hint) => lower.includes(hint))) continue
      masked = masked.replace(find, (all: string, before: string, value: string, ...rest: unknown[]) => {
        const at = rest.find((part) => typeof part === 'number')
        const prefix = masked.slice(0, typeof at === 'number' ? at : 0)
        return skip?.(value, prefix) ? all : `${before}${mask(value, pattern === PATTERNS[0])}`
      })
    }
    return masked
  }

  function keyLine(text: string): string {
    if (/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----/.test(text)) inKey = true
    else if (/-----END |^\s*$|[^A-Za-z0-9+/=\s:,-]/.test(text)) inKey = false
    else return '<secret-key>'
    return text
  }

  return { line }
}
