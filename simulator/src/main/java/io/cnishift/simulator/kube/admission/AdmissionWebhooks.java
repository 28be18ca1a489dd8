package io.cnishift.simulator.kube.admission;

import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult.Reason;
import io.cnishift.simulator.Admission;
import io.cnishift.simulator.ApiRefusal;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Kernel;
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

    /** Those whose rules cover a sort of request, in the order of their calls, as long as no configuration changes. */
    private final Map<WebhookRules.Sort, List<WebhookRules>> covering = new HashMap<>();

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
        CONFIGURATIONS.forEach(kind -> kernel.objects().listen(kind, (before, after) -> covering.clear()));
        kernel.admit(request -> {
            // the configurations themselves are never asked about, or nobody could repair them
            if (!CONFIGURATIONS.contains(request.kind())) {
                ask(kernel, path, request);
            }
            return request.object();
        });
    }

    private void ask(Kernel kernel, ControlPlanePath path, Admission.Request request) {
        WebhookRules.Sort sort = WebhookRules.Sort.of(request);
        List<WebhookRules> asked = covering.get(sort);
        if (asked == null) {
            asked = covering(kernel, sort);
            covering.put(sort, asked);
        }
        for (WebhookRules rules : asked) {
            if (rules.selects(kernel, request.object())) {
                call(kernel, path, rules.webhook());
            }
        }
    }

    private static List<WebhookRules> covering(Kernel kernel, WebhookRules.Sort sort) {
        return CONFIGURATIONS.stream()
                .flatMap(kind -> kernel.objects().list(kind).stream())
                .flatMap(configuration -> Tree.maps(configuration, "webhooks").stream())
                .map(WebhookRules::of)
                .filter(rules -> rules.cover(sort))
                .toList();
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
