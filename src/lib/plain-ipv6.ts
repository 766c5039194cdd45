/** IPv6 addresses that need no second look: nearly all that the kernel prints. */

/**
 * Is the text an IPv6 address in its canonical spelling (RFC 5952)? True is certain; false says nothing, for some canonical
 * texts are not recognised: those with an embedded IPv4 address, and those with a group that is zero and written out.
 */
export function isPlainIpv6(text: string): boolean {
  const { length } = text
  if (length < 2 || length > 39) return false
  let groups = 0
  let gap = false
  for (let at = 0; at < length; ) {
    const start = at
    while (at < length && isLowerHex(text.charCodeAt(at))) at += 1
    const digits = at - start
    if (digits > 4 || (digits > 0 && text.charCodeAt(start) === 48)) return false
    if (digits > 0) groups += 1
    if (at === length) break
    if (text.charCodeAt(at) !== 58) return false
    at += 1
    const double = text.charCodeAt(at) === 58
    if (double) {
      if (gap) return false
      gap = true
      at += 1
    } else if (digits === 0 || at === length) return false
  }
  // A gap of one group is spelt `0`.
  return gap ? groups < 7 : groups === 8
}

function isLowerHex(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 102)
}
