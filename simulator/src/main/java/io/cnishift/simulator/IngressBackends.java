package io.cnishift.simulator;

import io.cnishift.api.cluster.Tree;
import io.cnishift.api.port.ActResult.Reason;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A backend of an Ingress names one thing in one way: a Service or a resource, its port by number or by name.
 *
 * <p>Source: kubernetes pkg/apis/networking/validation, validateIngressBackend.
 */
final class IngressBackends {

    private IngressBackends() {}

    static void check(Map<String, Object> object) {
        if (!ObjectKey.of(object).kind().equals("Ingress")) {
            return;
        }
        Stream<Map<String, Object>> ofPaths = Tree.maps(object, "spec", "rules").stream()
                .flatMap(rule -> Tree.maps(rule, "http", "paths").stream())
                .map(path -> Tree.map(path, "backend"));
        Stream.concat(Stream.of(Tree.map(object, "spec", "defaultBackend")), ofPaths)
                .forEach(backend -> check(object, backend));
    }

    private static void check(Map<String, Object> object, Map<String, Object> backend) {
        if (backend.keySet().containsAll(List.of("service", "resource"))) {
            throw refused(object, "cannot set both resource and service backends");
        }
        if (Tree.map(backend, "service", "port").keySet().containsAll(List.of("name", "number"))) {
            throw refused(object, "cannot set both port name & port number");
        }
    }

    private static ApiRefusal refused(Map<String, Object> object, String why) {
        return new ApiRefusal(Reason.INVALID, ObjectKey.of(object) + " is invalid: spec: " + why);
    }
}
