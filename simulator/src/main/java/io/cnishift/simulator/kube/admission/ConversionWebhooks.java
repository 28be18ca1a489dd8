package io.cnishift.simulator.kube.admission;

import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.cluster.ControlPlaneCall;
import io.cnishift.api.cluster.KubeProjection;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.Admission.Request;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import java.time.Duration;
import java.util.Map;

/** Writes of a custom resource that is converted by a webhook fail when the webhook cannot be reached. */
final class ConversionWebhooks implements Behaviour {

    @Override
    public String id() {
        return "conversion-webhooks";
    }

    @Override
    public String source() {
        return "Kubernetes documentation, Versions in CustomResourceDefinitions: webhook conversion";
    }

    @Override
    public void install(Kernel kernel) {
        ControlPlanePath path = ControlPlanePath.of(kernel);
        kernel.admit(request -> {
            check(kernel, path, request);
            return request.object();
        });
    }

    private static void check(Kernel kernel, ControlPlanePath path, Request request) {
        if (request.object().get("apiVersion") instanceof String version && version.indexOf('.') < 0) {
            // the groups of custom resources have dots
            return;
        }
        ObjectRef ref = ObjectRef.of(request.object());
        if (!ref.group().contains(".")) {
            return;
        }
        Map<String, Object> definition = kernel.objects()
                .get("CustomResourceDefinition", "", ref.plural() + "." + ref.group())
                .orElse(Map.of());
        for (ControlPlaneCall call : KubeProjection.controlPlaneCalls(definition)) {
            Duration timeout = Duration.ofSeconds(call.timeoutSeconds());
            call.service().flatMap(s -> path.call(s, call.port(), timeout)).ifPresent(f -> {
                kernel.clock().pass(f.after());
                throw new ApiRefusal(
                        Reason.ADMISSION,
                        "conversion webhook for " + ref.apiVersion() + ", Kind=" + ref.kind() + " failed: "
                                + f.message());
            });
        }
    }
}
