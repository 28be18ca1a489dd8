package io.cnishift.simulator.cni;

import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Behaviour;
import io.cnishift.simulator.Containers.Ailment;
import io.cnishift.simulator.Kernel;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A program that is told to listen on 0.0.0.0 refuses connections to the IPv6 address of its pod, the readiness probe's first of all. */
public final class Ipv4Listeners implements Behaviour {

    private static final Pattern LISTENS = Pattern.compile("(?<![0-9.])0\\.0\\.0\\.0(?![0-9./])");

    @Override
    public String id() {
        return "ipv4-listeners";
    }

    @Override
    public String source() {
        return "Kubernetes documentation: probes are sent to the pod IP; Linux ip(7), ipv6(7)";
    }

    @Override
    public void install(Kernel kernel) {
        kernel.containers()
                .playedBy(pod -> Tree.text(pod, "status", "podIP")
                        .filter(address -> address.contains(":"))
                        .flatMap(address -> refusing(pod, address)));
    }

    private static Optional<Ailment> refusing(Map<String, Object> pod, String address) {
        return Tree.maps(pod, "spec", "containers").stream()
                .filter(c -> !Tree.map(c, "readinessProbe").isEmpty())
                .flatMap(c -> Stream.concat(Tree.texts(c, "command").stream(), Tree.texts(c, "args").stream()))
                .filter(word -> LISTENS.matcher(word).find())
                .findFirst()
                .map(word ->
                        Ailment.notReady("Readiness probe failed: dial tcp [" + address + "]: connection refused"));
    }
}
