/** Devices that the instances of a keepalived.conf name, for their adverts and for their VIPs. */
import type { Cite } from '../model/evidence.ts'
import type { ConfVip, KeepalivedConf, VrrpInstance } from '../model/facts.ts'

export interface NamedDevice {
  readonly instance: VrrpInstance
  readonly dev: string
  readonly at: Cite
  /** The VIP that is to go there; undefined for the instance's own interface. */
  readonly vip?: ConfVip
}

/** `interface` of every instance, then the `dev` of every VIP that has one. */
export function namedDevices(conf: KeepalivedConf): readonly NamedDevice[] {
  return conf.instances.flatMap((instance): readonly NamedDevice[] => {
    const { interface: word } = instance
    const own = word === undefined ? [] : [{ instance, dev: word.value, at: word.at }]
    const others = vipsOf(instance).flatMap((vip) =>
      vip.dev === undefined ? [] : [{ instance, dev: vip.dev, at: vip.at, vip }],
    )
    return [...own, ...others]
  })
}

export interface PlannedVip {
  readonly instance: VrrpInstance
  readonly vip: ConfVip
  /** Where keepalived puts it: its own `dev`, else the interface of the instance. */
  readonly dev: string
}

/** Every VIP with the device it goes to. Those of an instance with `use_vmac` go to a device keepalived makes: left out. */
export function plannedVips(conf: KeepalivedConf): readonly PlannedVip[] {
  return conf.instances.flatMap((instance) =>
    vipsOf(instance).flatMap((vip): readonly PlannedVip[] => {
      const dev = vip.dev ?? (instance.useVmac ? undefined : instance.interface?.value)
      return dev === undefined ? [] : [{ instance, vip, dev }]
    }),
  )
}

function vipsOf({ vips, excludedVips }: VrrpInstance): readonly ConfVip[] {
  return [...vips, ...excludedVips]
}
