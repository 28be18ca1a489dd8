package io.cnishift.simulator.kube.admission;

import io.cnishift.simulator.Behaviour;
import java.util.List;

/** The links of the admission chain and what else the control plane calls, in the order of installation. */
public final class AdmissionChain {

    private AdmissionChain() {}

    /** All of them, for one world. */
    public static List<Behaviour> all() {
        return List.of(
                new DefaultTolerations(),
                new PodSecurity(),
                new PodEniRequests(),
                new AdmissionWebhooks(),
                new PolicyEngines(),
                new ConversionWebhooks(),
                new AggregatedApis());
    }
}
