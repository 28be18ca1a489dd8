package io.cnishift.adapters.reach;

import io.cnishift.adapters.reach.Front.Door;
import io.cnishift.api.cluster.Tree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the load balancer of an Ingress or a Service is called. Pure.
 *
 * <p>Source: AWS Load Balancer Controller docs/guide (annotations of Ingresses and Services).
 */
final class Fronts {

    private static final String ALB = "alb.ingress.kubernetes.io/";
    private static final String LB = "service.beta.kubernetes.io/aws-load-balancer-";
    private static final Pattern LISTENER = Pattern.compile("\"(HTTPS?)\"\\s*:\\s*(\\d+)");
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final int MOST_DOORS = 3;

    private Fronts() {}

    /** Host and path of an Ingress; a host of {@code *} is that of the load balancer. */
    static Front ingress(Map<String, Object> ingress, String host, String path) {
        String address = address(ingress);
        String wanted = host.equals("*") ? address : host.replace("*", "cnishift");
        String begin = path.replaceAll("[*].*$", "");
        return new Front(address, wanted, begin.startsWith("/") ? begin : "/" + begin, listeners(ingress), false, true);
    }

    // An encrypted door first: a plain one often only sends clients there, and no pod has a part in that.
    private static List<Door> listeners(Map<String, Object> ingress) {
        Map<String, String> annotations = Tree.strings(ingress, "metadata", "annotations");
        List<Door> doors = new ArrayList<>();
        Matcher listener = LISTENER.matcher(annotations.getOrDefault(ALB + "listen-ports", ""));
        while (listener.find()) {
            doors.add(new Door(
                    Integer.parseInt(listener.group(2)), listener.group(1).equals("HTTPS")));
        }
        if (doors.isEmpty()) {
            boolean tls = annotations.containsKey(ALB + "certificate-arn")
                    || !Tree.list(ingress, "spec", "tls").isEmpty();
            doors.add(new Door(HTTP, false));
            if (tls) {
                doors.add(new Door(HTTPS, true));
            }
        }
        return doors.stream()
                .sorted(Comparator.comparing(door -> !door.tls()))
                .limit(MOST_DOORS)
                .toList();
    }

    /** The first TCP port of a Service. */
    static Front service(Map<String, Object> service) {
        String address = address(service);
        Map<String, String> annotations = Tree.strings(service, "metadata", "annotations");
        Map<String, Object> port = Tree.maps(service, "spec", "ports").stream()
                .filter(p -> Tree.text(p, "protocol").orElse("TCP").equals("TCP"))
                .findFirst()
                .orElseThrow(() -> new Unasked("the Service has no TCP port"));
        boolean certified = annotations.containsKey(LB + "ssl-cert");
        return new Front(
                address, address, "/", doors(port, certified), network(service, annotations) && !certified, false);
    }

    private static List<Door> doors(Map<String, Object> port, boolean certified) {
        int number = (int) Tree.number(port, HTTP, "port");
        String named = Tree.text(port, "name").orElse("")
                + Tree.text(port, "appProtocol").orElse("");
        boolean tls = certified || number == HTTPS || named.contains("https");
        return tls ? List.of(new Door(number, true), new Door(number, false)) : List.of(new Door(number, false));
    }

    private static boolean network(Map<String, Object> service, Map<String, String> annotations) {
        String type = annotations.getOrDefault(LB + "type", "");
        return type.startsWith("nlb")
                || type.equals("external")
                || Tree.text(service, "spec", "loadBalancerClass")
                        .filter(c -> c.endsWith("/nlb"))
                        .isPresent();
    }

    private static String address(Map<String, Object> object) {
        return Tree.maps(object, "status", "loadBalancer", "ingress").stream()
                .flatMap(i -> Tree.text(i, "hostname").or(() -> Tree.text(i, "ip")).stream())
                .findFirst()
                .orElseThrow(() -> new Unasked("it has no load balancer yet"));
    }
}
