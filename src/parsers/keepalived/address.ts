/** Addresses as keepalived.conf writes them. */
import { parseIp } from '../../lib/ip.ts'

/** `10.0.0.1`, `10.0.0.1/24`, `2001:db8::1/64`; undefined when keepalived would skip it as no address. */
export function parseVip(text: string): { readonly ip: string; readonly prefix?: number } | undefined {
  const slash = text.indexOf('/')
  const ip = parseIp(slash < 0 ? text : text.slice(0, slash))
  if (ip === undefined || slash < 0) return ip === undefined ? undefined : { ip }
  const tail = text.slice(slash + 1)
  const prefix = /^\d{1,3}$/.test(tail) ? Number(tail) : Number.NaN
  return prefix <= (ip.includes(':') ? 128 : 32) ? { ip, prefix } : undefined
}

/** A port number, undefined for anything else: a service name has no meaning without the host's /etc/services. */
export function parsePort(text: string | undefined): number | undefined {
  const port = text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : undefined
  return port !== undefined && port <= 65535 ? port : undefined
}
