package io.cnishift.simulator.aws;

import io.cnishift.api.cluster.NodeGroup;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;

/**
 * Auto Scaling keeps as many instances as a group wants, for a self-managed group and for the one behind a managed node
 * group.
 *
 * <ol>
 *   <li>Too few: it launches one after another, each in the zone that has fewest, in the subnet there that has most free
 *       addresses. A launch that fails in one zone is tried in the next; one that fails in all is tried again later, and the
 *       group says why ({@link NodeGroup#issues}).
 *   <li>Too many: it ends one in the zone that has most, the oldest template version first, then the oldest instance;
 *       instances protected from scale-in stay.
 * </ol>
 * The processes Launch and Terminate can be suspended.
 */
public final class AutoScaling implements Behaviour {

    @Override
    public String id() {
        return "auto-scaling";
    }

    @Override
    public String source() {
        return "EC2 Auto Scaling user guide: benefits, instance termination; domain.md 9.5";
    }

    @Override
    public void install(Kernel kernel) {
        Scaler scaler = new Scaler(Cloud.of(kernel), Ec2.of(kernel), kernel.clock());
        Cloud.of(kernel).listen(scaler::heard);
        Ec2.of(kernel).whenGivenUp(i -> i.nodeGroup().ifPresent(scaler::later));
        Cloud.of(kernel).view().nodeGroups().forEach(g -> scaler.later(g.name()));
    }
}
