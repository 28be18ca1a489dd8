package io.cnishift.simulator.owner;

import io.cnishift.api.cluster.Application;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.cluster.Owner;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.Trees;
import java.time.Duration;

/**
 * A sync of Argo CD that the snapshot shows under way goes on whatever becomes of the policy, writes what the source says, and
 * ends.
 */
public final class SyncUnderWay implements Behaviour {

    private static final Duration REST = Duration.ofMinutes(1);

    @Override
    public String id() {
        return "argocd-sync-under-way";
    }

    @Override
    public String source() {
        return "Argo CD, controller/appcontroller.go: an operation runs to its end by status.operationState";
    }

    @Override
    public void install(Kernel kernel) {
        kernel.objects().list("Application").stream()
                .map(KubeProjection::application)
                .filter(Application::underWay)
                .forEach(a -> kernel.clock().after(REST, () -> end(kernel, a)));
    }

    private static void end(Kernel kernel, Application application) {
        Sources sources = Sources.of(kernel);
        sources.of(Owner.Kind.ARGO_CD).stream()
                .filter(key -> sources.holder(key).filter(application::named).isPresent())
                .forEach(key -> GitOpsReverts.write(kernel, key, Applications.CONTROLLER));
        kernel.objects()
                .status(
                        Applications.key(application),
                        Applications.CONTROLLER,
                        status -> Trees.with(status, "Succeeded", "operationState", "phase"));
    }
}
