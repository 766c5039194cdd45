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
  words: `linkbeat_use_polling net_namespace=*+text net_namespace_ipvs=*?text namespace_with_ipsets use_pid_dir
    instance=*+text child_wait_time=uint:0:4294967295`,
  lists: `static_ipaddress=@static_ip static_routes static_rules virtual_server_group=!@group_entry
    linkbeat_interfaces=@linkbeat interface_up_down_delays`,
  heads: `vrrp_instance=@named:alone vrrp_sync_group=@named:alone track_group=@named:alone vrrp_script=@named
    vrrp_track_process=@named track_file=@named vrrp_track_file=@named:track_file bfd_instance=@named:unique:31
    virtual_server=@virtual_server virtual_server_group=@named`,
  blocks: {
    global_defs: GLOBAL_DEFS,
    vrrp_instance: VRRP_INSTANCE,
    vrrp_sync_group: VRRP_SYNC_GROUP,
    vrrp_script: VRRP_SCRIPT,
    vrrp_track_process: TRACK_PROCESS,
    vrrp_track_file: TRACK_FILE,
    track_file: TRACK_FILE,
    track_group: block({ lists: 'group=!', heads: 'group=*' }),
    bfd_instance: BFD_INSTANCE,
    garp_group: GARP_GROUP,
    virtual_server: VIRTUAL_SERVER,
    SSL,
  },
})
