/** A capture on `any` as a host would have printed it, with its statistics. */

export function capture(
  lines: readonly string[],
  command = 'tcpdump -nn -v -i any',
  dropped = 0,
): Readonly<Record<string, string>> {
  return {
    [command]: `
listening on any, link-type LINUX_SLL2 (Linux cooked v2), snapshot length 96 bytes
${lines.join('\n')}
${lines.length} packets captured
${lines.length} packets received by filter
${dropped} packets dropped by kernel`,
  }
}
