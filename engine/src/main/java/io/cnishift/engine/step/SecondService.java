package io.cnishift.engine.step;

import io.cnishift.api.act.ApplyObject;
import io.cnishift.api.act.ObjectRef;
import io.cnishift.api.cluster.Service;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The Service of a detour: the same pods and ports over node ports, with instance targets and the same health check. */
final class SecondService {

    private static final String SUFFIX = "-cnishift";
    private static final String CONTROLLER = "alb.ingress.kubernetes.io/";

    private SecondService() {}

    static String name(Service service) {
        return service.name() + SUFFIX;
    }

    static ObjectRef ref(Service service) {
        return ObjectRef.of("v1", "Service", service.namespace(), name(service));
    }

    static ApplyObject create(Service service) {
        Map<String, Object> annotations = new LinkedHashMap<>();
        service.annotations().entrySet().stream()
                .filter(e -> e.getKey().startsWith(CONTROLLER))
                .sorted(Map.Entry.comparingByKey())
                .forEach(e -> annotations.put(e.getKey(), e.getValue()));
        annotations.put(Arrival.TARGET_TYPE, "instance");
        return new ApplyObject(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Service",
                "metadata",
                Map.of("namespace", service.namespace(), "name", name(service), "annotations", annotations),
                "spec",
                Map.of("type", "NodePort", "selector", service.selector(), "ports", ports(service))));
    }

    private static List<Map<String, Object>> ports(Service service) {
        return service.ports().stream().map(SecondService::port).toList();
    }

    private static Map<String, Object> port(Service.Port port) {
        Map<String, Object> tree = new LinkedHashMap<>();
        if (!port.name().isEmpty()) {
            tree.put("name", port.name());
        }
        tree.put("protocol", port.protocol().toUpperCase(Locale.ROOT));
        tree.put("port", port.port());
        tree.put("targetPort", Numbers.orText(port.targetPort()));
        return tree;
    }
}
