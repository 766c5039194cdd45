/** The top level of a keepalived.conf. */
import { block } from './schema.ts'
import { SSL, VIRTUAL_SERVER } from './schema-check.ts'
import { GLOBAL_DEFS } from './schema-global.ts'
import {
  BFD_INSTANCE,
  GARP_GROUP,
  TRACK_FILE,
  TRACK_PROCESS,
  VRRP_INSTANCE,
  VRRP_SCRIPT,
  VRRP_SYNC_GROUP,
} from './schema-vrrp.ts'

export const ROOT = block({
  words: `linkbeat_use_polling net_namespace net_namespace_ipvs namespace_with_ipsets use_pid_dir instance
    child_wait_time`,
  lists: `static_ipaddress static_routes static_rules virtual_server_group linkbeat_interfaces
    interface_up_down_delays`,
  blocks: {
    global_defs: GLOBAL_DEFS,
    vrrp_instance: VRRP_INSTANCE,
    vrrp_sync_group: VRRP_SYNC_GROUP,
    vrrp_script: VRRP_SCRIPT,
    vrrp_track_process: TRACK_PROCESS,
    vrrp_track_file: TRACK_FILE,
    track_file: TRACK_FILE,
    track_group: block({ lists: 'group' }),
    bfd_instance: BFD_INSTANCE,
    garp_group: GARP_GROUP,
    virtual_server: VIRTUAL_SERVER,
    SSL,
  },
})
