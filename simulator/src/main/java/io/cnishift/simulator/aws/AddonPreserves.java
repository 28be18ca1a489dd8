package io.cnishift.simulator.aws;

import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;

/**
 * An update of an add-on that is to preserve what users changed leaves alone what another field manager owns and has at another
 * value, and is ACTIVE all the same. One that is to overwrite takes it, as making an add-on does.
 */
public final class AddonPreserves implements Behaviour {

    @Override
    public String id() {
        return "addon-preserves";
    }

    @Override
    public String source() {
        return "AWS SDK: eks UpdateAddon, resolveConflicts; EKS user guide: field management; Kubernetes: server-side apply, conflicts";
    }

    @Override
    public void install(Kernel kernel) {
        HeldVariables.of(kernel).respect();
    }
}
