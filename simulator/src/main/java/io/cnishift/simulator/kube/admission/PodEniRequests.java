package io.cnishift.simulator.kube.admission;

import io.cnishift.simulator.Admission;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.kube.PodEni;
import io.cnishift.simulator.kube.PodPolicies;

/**
 * A new pod that a SecurityGroupPolicy selects is made to ask for a branch interface, so that only a node with a trunk takes
 * it. EKS does so on every cluster, whatever the nodes' CNI.
 */
final class PodEniRequests implements Behaviour {

    @Override
    public String id() {
        return "pod-eni-requests";
    }

    @Override
    public String source() {
        return "amazon-vpc-resource-controller-k8s webhooks/core/pod_webhook.go (mpod.vpc.k8s.aws)";
    }

    @Override
    public void install(Kernel kernel) {
        kernel.admit(r -> {
            boolean newPod = r.operation() == Admission.Operation.CREATE
                    && r.subresource().isEmpty()
                    && r.kind().equals("Pod");
            return newPod && !PodPolicies.groups(kernel, r.object()).isEmpty() ? PodEni.asking(r.object()) : r.object();
        });
    }
}
