/** The registry: every check, sorted by id. `npm run new:check` adds to it; a test compares it with the folder. */
import type { Check } from '../model/check.ts'

import { acceptLocalMissing } from './accept-local-missing.ts'
import { advertIntMismatch } from './advert-int-mismatch.ts'
import { arpVipMacChanged } from './arp-vip-mac-changed.ts'
import { authMismatch } from './auth-mismatch.ts'
import { authPassTooLong } from './auth-pass-too-long.ts'
import { capAdminProhibited } from './cap-admin-prohibited.ts'
import { capAdvertLowTtl } from './cap-advert-low-ttl.ts'
import { capArpTellVipFromRs } from './cap-arp-tell-vip-from-rs.ts'
import { capArpTwoMacs } from './cap-arp-two-macs.ts'
import { capDuplicateSightings } from './cap-duplicate-sightings.ts'
import { capLoop } from './cap-loop.ts'
import { capNeedFrag } from './cap-need-frag.ts'
import { capPrioZero } from './cap-prio-zero.ts'
import { capProto4Unreachable } from './cap-proto4-unreachable.ts'
import { capProto112Unreachable } from './cap-proto112-unreachable.ts'
import { capRedirect } from './cap-redirect.ts'
import { capSynUnanswered } from './cap-syn-unanswered.ts'
import { capSynackFromRip } from './cap-synack-from-rip.ts'
import { capTwoMasters } from './cap-two-masters.ts'
import { capVrrpAuthDiff } from './cap-vrrp-auth-diff.ts'
import { capVrrpIntvlDiff } from './cap-vrrp-intvl-diff.ts'
import { capVrrpVersionMix } from './cap-vrrp-version-mix.ts'
import { capVrrpVipsDiff } from './cap-vrrp-vips-diff.ts'
import { clientRpFilter } from './client-rp-filter.ts'
import { cloudNoMulticast } from './cloud-no-multicast.ts'
import { deprecatedCheckKeywords } from './deprecated-check-keywords.ts'
import { dipRipNotOnlink } from './dip-rip-not-onlink.ts'
import { directorDnatBeforeIpvs } from './director-dnat-before-ipvs.ts'
import { directorDropsInvalid } from './director-drops-invalid.ts'
import { directorDropsNewNotSyn } from './director-drops-new-not-syn.ts'
import { directorInputBlocksVip } from './director-input-blocks-vip.ts'
import { directorNoRouteRip } from './director-no-route-rip.ts'
import { directorOutputBlocksIpvs } from './director-output-blocks-ipvs.ts'
import { dropDefenceOn } from './drop-defence-on.ts'
import { dualVip } from './dual-vip.ts'
import { fwmarkWithoutMark } from './fwmark-without-mark.ts'
import { garpLost } from './garp-lost.ts'
import { garpWrongInterface } from './garp-wrong-interface.ts'
import { healthCheckReplyBlocked } from './health-check-reply-blocked.ts'
import { healthCheckWrongTarget } from './health-check-wrong-target.ts'
import { ipForwardOffNat } from './ip-forward-off-nat.ts'
import { ipvsTableEmpty } from './ipvs-table-empty.ts'
import { ipvsTablesDiffer } from './ipvs-tables-differ.ts'
import { keepalivedBraceMismatch } from './keepalived-brace-mismatch.ts'
import { keepalivedConfExecutable } from './keepalived-conf-executable.ts'
import { keepalivedConfWrongName } from './keepalived-conf-wrong-name.ts'
import { keepalivedIncludeNoMatch } from './keepalived-include-no-match.ts'
import { keepalivedKeywordRelease } from './keepalived-keyword-release.ts'
import { keepalivedLineRejected } from './keepalived-line-rejected.ts'
import { keepalivedNameTwice } from './keepalived-name-twice.ts'
import { keepalivedNameUndefined } from './keepalived-name-undefined.ts'
import { keepalivedNotEnabled } from './keepalived-not-enabled.ts'
import { keepalivedNotRunning } from './keepalived-not-running.ts'
import { keepalivedUnknownKeyword } from './keepalived-unknown-keyword.ts'
import { lvsPingpong } from './lvs-pingpong.ts'
import { multicastTimesOut } from './multicast-times-out.ts'
import { natClientSameSubnet } from './nat-client-same-subnet.ts'
import { natForwardBlocked } from './nat-forward-blocked.ts'
import { natRsGateway } from './nat-rs-gateway.ts'
import { noVipAnywhere } from './no-vip-anywhere.ts'
import { nopreemptBlocksWeightFailover } from './nopreempt-blocks-weight-failover.ts'
import { nopreemptStateMaster } from './nopreempt-state-master.ts'
import { onlinkRouteClient } from './onlink-route-client.ts'
import { persistenceHidesRr } from './persistence-hides-rr.ts'
import { portMismatchDrTun } from './port-mismatch-dr-tun.ts'
import { priority255Conflict } from './priority-255-conflict.ts'
import { priorityTie } from './priority-tie.ts'
import { promoteSecondariesOff } from './promote-secondaries-off.ts'
import { routerIdEqual } from './router-id-equal.ts'
import { rpFilterAllZeroIfaceOne } from './rp-filter-all-zero-iface-one.ts'
import { rpFilterAsymmetric } from './rp-filter-asymmetric.ts'
import { rpFilterIfaceZeroAllOne } from './rp-filter-iface-zero-all-one.ts'
import { rsArpAnnounceMissing } from './rs-arp-announce-missing.ts'
import { rsArpIgnoreMissing } from './rs-arp-ignore-missing.ts'
import { rsArpIgnoreOnlyLo } from './rs-arp-ignore-only-lo.ts'
import { rsArpIgnoreWrongValue } from './rs-arp-ignore-wrong-value.ts'
import { rsInputBlocksVport } from './rs-input-blocks-vport.ts'
import { rsLoVipMask } from './rs-lo-vip-mask.ts'
import { rsMultilineReturn } from './rs-multiline-return.ts'
import { rsNoRouteBack } from './rs-no-route-back.ts'
import { rsProto4Blocked } from './rs-proto4-blocked.ts'
import { rsServiceNotListening } from './rs-service-not-listening.ts'
import { rsVipMissing } from './rs-vip-missing.ts'
import { rsVipOnEthernet } from './rs-vip-on-ethernet.ts'
import { rsWeightZero } from './rs-weight-zero.ts'
import { scriptSecurity } from './script-security.ts'
import { selinuxBlocksScript } from './selinux-blocks-script.ts'
import { smtpAlertUseless } from './smtp-alert-useless.ts'
import { staleVipNoDaemon } from './stale-vip-no-daemon.ts'
import { stateMasterBoth } from './state-master-both.ts'
import { syncGroupWeight } from './sync-group-weight.ts'
import { sysctlSpaces } from './sysctl-spaces.ts'
import { trackScriptBroken } from './track-script-broken.ts'
import { trackScriptNeverFails } from './track-script-never-fails.ts'
import { trackScriptStopsKeepalived } from './track-script-stops-keepalived.ts'
import { trackScriptTimeout } from './track-script-timeout.ts'
import { trackScriptUndefined } from './track-script-undefined.ts'
import { trackWeightTooSmall } from './track-weight-too-small.ts'
import { tunReturnSnat } from './tun-return-snat.ts'
import { tunRpFilter } from './tun-rp-filter.ts'
import { tunRpLooseNoAddress } from './tun-rp-loose-no-address.ts'
import { tunl0Down } from './tunl0-down.ts'
import { twoKeepalived } from './two-keepalived.ts'
import { unicastMulticastMix } from './unicast-multicast-mix.ts'
import { unicastPeerEmpty } from './unicast-peer-empty.ts'
import { unicastPeerWrong } from './unicast-peer-wrong.ts'
import { unicastSrcNotLocal } from './unicast-src-not-local.ts'
import { vipDevMissing } from './vip-dev-missing.ts'
import { vipIsPrimary } from './vip-is-primary.ts'
import { vipListMismatch } from './vip-list-mismatch.ts'
import { vipPrefixSurprise } from './vip-prefix-surprise.ts'
import { vipRipSameSubnet } from './vip-rip-same-subnet.ts'
import { vridClash } from './vrid-clash.ts'
import { vridDupLocal } from './vrid-dup-local.ts'
import { vridMismatch } from './vrid-mismatch.ts'
import { vrrpAcceptAfterReject } from './vrrp-accept-after-reject.ts'
import { vrrpAllowedAsTcp112 } from './vrrp-allowed-as-tcp-112.ts'
import { vrrpBlockedInput } from './vrrp-blocked-input.ts'
import { vrrpBlockedOutput } from './vrrp-blocked-output.ts'
import { vrrpInstanceNoVip } from './vrrp-instance-no-vip.ts'
import { vrrpInterfaceEnslaved } from './vrrp-interface-enslaved.ts'
import { vrrpInterfaceMissing } from './vrrp-interface-missing.ts'
import { vrrpLostInNetwork } from './vrrp-lost-in-network.ts'
import { vrrpNodesDifferentL2 } from './vrrp-nodes-different-l2.ts'
import { vrrpStartupRace } from './vrrp-startup-race.ts'
import { vrrpStrictDropsVip } from './vrrp-strict-drops-vip.ts'
import { vrrpStrictOneNode } from './vrrp-strict-one-node.ts'
import { vrrpTimerStarved } from './vrrp-timer-starved.ts'
import { vrrpVersionMismatch } from './vrrp-version-mismatch.ts'
import { vsAddressNotVip } from './vs-address-not-vip.ts'

export const CHECKS: readonly Check[] = [
  acceptLocalMissing,
  advertIntMismatch,
  arpVipMacChanged,
  authMismatch,
  authPassTooLong,
  capAdminProhibited,
  capAdvertLowTtl,
  capArpTellVipFromRs,
  capArpTwoMacs,
  capDuplicateSightings,
  capLoop,
  capNeedFrag,
  capPrioZero,
  capProto112Unreachable,
  capProto4Unreachable,
  capRedirect,
  capSynUnanswered,
  capSynackFromRip,
  capTwoMasters,
  capVrrpAuthDiff,
  capVrrpIntvlDiff,
  capVrrpVersionMix,
  capVrrpVipsDiff,
  clientRpFilter,
  cloudNoMulticast,
  deprecatedCheckKeywords,
  dipRipNotOnlink,
  directorDnatBeforeIpvs,
  directorDropsInvalid,
  directorDropsNewNotSyn,
  directorInputBlocksVip,
  directorNoRouteRip,
  directorOutputBlocksIpvs,
  dropDefenceOn,
  dualVip,
  fwmarkWithoutMark,
  garpLost,
  garpWrongInterface,
  healthCheckReplyBlocked,
  healthCheckWrongTarget,
  ipForwardOffNat,
  ipvsTableEmpty,
  ipvsTablesDiffer,
  keepalivedBraceMismatch,
  keepalivedConfExecutable,
  keepalivedConfWrongName,
  keepalivedIncludeNoMatch,
  keepalivedKeywordRelease,
  keepalivedLineRejected,
  keepalivedNameTwice,
  keepalivedNameUndefined,
  keepalivedNotEnabled,
  keepalivedNotRunning,
  keepalivedUnknownKeyword,
  lvsPingpong,
  multicastTimesOut,
  natClientSameSubnet,
  natForwardBlocked,
  natRsGateway,
  noVipAnywhere,
  nopreemptBlocksWeightFailover,
  nopreemptStateMaster,
  onlinkRouteClient,
  persistenceHidesRr,
  portMismatchDrTun,
  priority255Conflict,
  priorityTie,
  promoteSecondariesOff,
  routerIdEqual,
  rpFilterAllZeroIfaceOne,
  rpFilterAsymmetric,
  rpFilterIfaceZeroAllOne,
  rsArpAnnounceMissing,
  rsArpIgnoreMissing,
  rsArpIgnoreOnlyLo,
  rsArpIgnoreWrongValue,
  rsInputBlocksVport,
  rsLoVipMask,
  rsMultilineReturn,
  rsNoRouteBack,
  rsProto4Blocked,
  rsServiceNotListening,
  rsVipMissing,
  rsVipOnEthernet,
  rsWeightZero,
  scriptSecurity,
  selinuxBlocksScript,
  smtpAlertUseless,
  staleVipNoDaemon,
  stateMasterBoth,
  syncGroupWeight,
  sysctlSpaces,
  trackScriptBroken,
  trackScriptNeverFails,
  trackScriptStopsKeepalived,
  trackScriptTimeout,
  trackScriptUndefined,
  trackWeightTooSmall,
  tunReturnSnat,
  tunRpFilter,
  tunRpLooseNoAddress,
  tunl0Down,
  twoKeepalived,
  unicastMulticastMix,
  unicastPeerEmpty,
  unicastPeerWrong,
  unicastSrcNotLocal,
  vipDevMissing,
  vipIsPrimary,
  vipListMismatch,
  vipPrefixSurprise,
  vipRipSameSubnet,
  vridClash,
  vridDupLocal,
  vridMismatch,
  vrrpAcceptAfterReject,
  vrrpAllowedAsTcp112,
  vrrpBlockedInput,
  vrrpBlockedOutput,
  vrrpInstanceNoVip,
  vrrpInterfaceEnslaved,
  vrrpInterfaceMissing,
  vrrpLostInNetwork,
  vrrpNodesDifferentL2,
  vrrpStartupRace,
  vrrpStrictDropsVip,
  vrrpStrictOneNode,
  vrrpTimerStarved,
  vrrpVersionMismatch,
  vsAddressNotVip,
]
