/** Messages that name a fault and have no event of their own; the whole message is the reason. */
import type { Wording } from './wording.ts'

const FAULTS = [
  // The instance itself.
  /^bind (?:unicast_src|for multicast|to VRF) .*failed/,
  /^Unknown interface ?!/,
  /^the virtual id must be set/,
  /^Cannot use unicast without any peers/,
  /^cannot use a loopback interface/,
  /^WARNING - equal priority advert received/,
  /^CONFIGURATION ERROR: /,
  /^[^\s()]+ and [^\s()]+ both use VRID \d/,
  /^duplicate VRID conflict with/,
  /^ignoring .* due to (?:SYNC group|address[ _]owner)/,
  /^A unicast keyword has been specified without any unicast peers/,
  /^(?:VRID \d+ is duplicated|VRID .* already used|Unknown VRID\(\d+\) received|Unsafe permissions found for script)/,
  /^bogus VRRP packet received/,
  /^Invalid VRRPv[23] checksum/,
  /^invalid (?:ttl|TTL\/HL)/,
  /^unicast source address \S+ not a unicast peer/,
  /^Expected (?:uni|mult)icast packet but received/,
  /^VRRP parsed invalid IP/i,
  /^[Ww]arning - nopreempt will not work/,
  /^trunc to the first \d+ VIPs/,
  // Scripts.
  /^Script .* now returning (?!0\b)\d+/,
  /^VRRP_Script\([^()]*\) (?:failed|timed out)/,
  /^(?:Disabling|Unable to set default user for) (?:track |vrrp |misc |check )?script/,
  /^(?:Cannot find|Permissions failure for|Unable to access) script .* - disabling/,
  /^check_script_secure.* - disabling/,
  /^track (?:script|file|process|bfd) \S+ not found/,
  /^WARNING - script '[^']*' /,
  /^Please add a #! shebang/,
  /^SECURITY VIOLATION/,
  // The daemon.
  /^daemon is already running/,
  /^(?:A|VRRP) thread timer expired/,
  /^(?:IPVS: )?Can't initialize ipvs/,
  /^(?:IPVS|ipvs).*(?:not found|[Nn]o such|not available|already exists)/,
  /^(?:There are \d+ missing|Extra '\}' found|Unexpected '\{'|Missing '\{'|Unterminated quote|Unmatched quote)/,
  /^(?:pid \d+|Keepalived_\w+) exited with permanent error/,
  /^Non-existent interface specified in configuration/,
  /^(?:VRRP|Healthcheck|BFD) child process\(\d+\) died/,
]

export const ERROR_WORDINGS: readonly Wording[] = FAULTS.map((pattern) => [
  pattern,
  (_, { message }) => ({ kind: 'error', reason: message }),
])
