package io.cnishift.simulator.cni;

import io.cnishift.api.capacity.InstanceLimits;
import io.cnishift.api.cluster.Instance;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.aws.Cloud;
import java.util.Map;
import java.util.Optional;

/**
 * In ENI mode an agent announces its node with instance, zone and subnet, and is not ready before the operator published as
 * many addresses as its settings ask for: the least number, else the number to keep ready, else the two that it needs itself.
 */
public final class EniAddressesNeeded implements Behaviour {

    private static final int FOR_ITSELF = 2;

    @Override
    public String id() {
        return "cilium-eni-addresses-needed";
    }

    @Override
    public String source() {
        return "cilium pkg/ipam/crd.go, hasMinimumIPsInPool; Documentation/network/concepts/ipam/eni.rst";
    }

    @Override
    public void install(Kernel kernel) {
        AgentRules.of(kernel).waits(start -> {
            if (!EniSettings.on(start.config())) {
                return Optional.empty();
            }
            EniSettings settings = new EniSettings(start.config());
            CiliumAgents.announce(kernel, start.node(), spec(kernel, start.node(), settings));
            int wanted = settings.least().orElse(settings.ready().orElse(FOR_ITSELF));
            int there = EniAgents.of(kernel).pool(start.node()).size();
            return there < wanted
                    ? Optional.of("waiting for addresses in the CRD-backed pool: " + there + " of " + wanted)
                    : Optional.empty();
        });
        AgentRules.of(kernel).onReady(start -> {
            if (EniSettings.on(start.config())) {
                EniAgents.of(kernel).changed(start.node());
            }
        });
    }

    /** What an agent finds out about its instance, and its settings. */
    static Map<String, Object> spec(Kernel kernel, String node, EniSettings settings) {
        Optional<EniPool> pool = EniPool.of(kernel, node);
        Optional<Instance> instance = pool.map(EniPool::instance);
        Map<String, Object> eni = Trees.of(
                "instance-id", instance.map(Instance::id).orElse(""),
                "instance-type", instance.map(Instance::type).orElse(""),
                "vpc-id", Cloud.of(kernel).view().vpc().id(),
                "availability-zone", instance.map(Instance::availabilityZone).orElse(""),
                "node-subnet-id", instance.map(Instance::subnet).orElse(""),
                "first-interface-index", settings.firstInterface());
        Map<String, Object> ipam = Trees.of(
                "pre-allocate", settings.ready().isPresent() ? settings.ready().getAsInt() : null,
                "min-allocate", settings.least().isPresent() ? settings.least().getAsInt() : null,
                "max-allocate", settings.most().isPresent() ? settings.most().getAsInt() : null);
        return Trees.of("eni", eni, "ipam", ipam);
    }

    /** Addresses that all interfaces of a type together carry for pods. */
    static int most(InstanceLimits limits, EniSettings settings) {
        int unit = settings.prefixes() && limits.prefixCapable() ? EniPool.PREFIX : 1;
        return Math.max(0, limits.enis() - settings.firstInterface()) * limits.slotsPerEni() * unit;
    }
}
