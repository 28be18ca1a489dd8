package io.cnishift.simulator.kube.admission;

import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.kube.Pods;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Calls the admission webhooks of a write. One that cannot be reached refuses the write if it fails closed, and costs its
 * time-out if it fails open. What a webhook that is reached would change or refuse is not known and not played, but for the rules
 * of {@link PolicyEngines}.
 */
final class AdmissionWebhooks implements Behaviour {
    private static final List<String> CONFIGURATIONS =
            List.of("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration");
    private static final int TIMEOUT = 10;

    private final Map<String, Read> read = new HashMap<>();

    /** The webhooks of a configuration, as long as it stands as it does. */
    private record Read(Map<String, Object> configuration, List<WebhookRules> webhooks) {}

    @Override
    public String id() {
        return "admission-webhooks";
    }

    @Override
    public String source() {
        return "Kubernetes documentation, Dynamic Admission Control; domain: control plane to pod paths";
    }

    @Override
    public void install(Kernel kernel) {
        ControlPlanePath path = ControlPlanePath.of(kernel);
        kernel.admit(request -> {
            // the configurations themselves are never asked about, or nobody could repair them
            if (!CONFIGURATIONS.contains(Pods.key(request.object()).kind())) {
                ask(kernel, path, WebhookRules.Subject.of(request));
            }
            return request.object();
        });
    }

    private void ask(Kernel kernel, ControlPlanePath path, WebhookRules.Subject subject) {
        for (String kind : CONFIGURATIONS) {
            for (Map<String, Object> configuration : kernel.objects().list(kind)) {
                for (WebhookRules rules : webhooks(configuration)) {
                    if (rules.match(kernel, subject)) {
                        call(kernel, path, rules.webhook());
                    }
                }
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // objects in the store are never changed, only replaced
    private List<WebhookRules> webhooks(Map<String, Object> configuration) {
        String name = Pods.key(configuration).toString();
        Read last = read.get(name);
        if (last == null || last.configuration() != configuration) {
            last = new Read(
                    configuration,
                    Tree.maps(configuration, "webhooks").stream()
                            .map(WebhookRules::of)
                            .toList());
            read.put(name, last);
        }
        return last.webhooks();
    }

    private static void call(Kernel kernel, ControlPlanePath path, Map<String, Object> webhook) {
        Map<String, Object> service = Tree.map(webhook, "clientConfig", "service");
        if (service.isEmpty()) {
            // one that is called by URL stands outside of the cluster
            return;
        }
        String name = Tree.text(service, "namespace").orElse("") + "/"
                + Tree.text(service, "name").orElse("");
        int port = (int) Tree.number(service, 443, "port");
        Duration timeout = Duration.ofSeconds(Tree.number(webhook, TIMEOUT, "timeoutSeconds"));
        Optional<ControlPlanePath.Failure> failure = path.call(name, port, timeout);
        failure.ifPresent(f -> {
            kernel.clock().pass(f.after());
            boolean open =
                    Tree.text(webhook, "failurePolicy").filter("Ignore"::equals).isPresent();
            if (!open) {
                throw new ApiRefusal(Reason.ADMISSION, message(webhook, name, port, f.message()));
            }
        });
    }

    private static String message(Map<String, Object> webhook, String service, int port, String why) {
        int slash = service.indexOf('/');
        return "Internal error occurred: failed calling webhook \""
                + Tree.text(webhook, "name").orElse("")
                + "\": failed to call webhook: Post \"https://" + service.substring(slash + 1) + "."
                + service.substring(0, slash) + ".svc:" + port + "\": " + why;
    }
}
