package io.cnishift.simulator.elb;

import io.cnishift.api.cluster.TargetGroup;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.ObjectKey;
import io.cnishift.simulator.Trees;
import io.cnishift.simulator.elb.Stack.Backend;
import io.cnishift.simulator.kube.ServiceTrees;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The TargetGroupBindings that the controller keeps for its own target groups. */
final class BindingObjects {

    static final String MANAGER = "aws-load-balancer-controller";

    private final Kernel kernel;

    BindingObjects(Kernel kernel) {
        this.kernel = Objects.requireNonNull(kernel, "kernel");
    }

    /** Makes the binding of a target group where it has none; a refused write is tried again at the next look. */
    void ensure(TargetGroup group, Stack stack, Backend backend) {
        if (!of(group).isEmpty()) {
            return;
        }
        Object port = backend.port().matches("[0-9]+") ? (Object) Integer.valueOf(backend.port()) : backend.port();
        try {
            kernel.objects()
                    .create(
                            Trees.of(
                                    "apiVersion",
                                    "elbv2.k8s.aws/v1beta1",
                                    "kind",
                                    "TargetGroupBinding",
                                    "metadata",
                                    Trees.of(
                                            "name",
                                            group.name(),
                                            "namespace",
                                            backend.namespace(),
                                            "labels",
                                            ServiceTrees.stackLabels(stack.kind(), stack.id())),
                                    "spec",
                                    Trees.of(
                                            "targetGroupARN",
                                            group.arn(),
                                            "targetType",
                                            group.targetType(),
                                            "serviceRef",
                                            Trees.of("name", backend.service(), "port", port))),
                            MANAGER);
        } catch (ApiRefusal refusal) {
            kernel.incidents()
                    .report("SIM-LBC-REFUSED", "target group " + group.name(), String.valueOf(refusal.getMessage()));
        }
    }

    void remove(TargetGroup group) {
        of(group).forEach(k -> kernel.objects().delete(k.kind(), k.namespace(), k.name(), Optional.empty()));
    }

    private List<ObjectKey> of(TargetGroup group) {
        return kernel.objects().list("TargetGroupBinding").stream()
                .filter(b -> Tree.text(b, "spec", "targetGroupARN")
                        .filter(group.arn()::equals)
                        .isPresent())
                .map(ObjectKey::of)
                .toList();
    }
}
