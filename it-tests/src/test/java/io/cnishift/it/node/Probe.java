package io.cnishift.it.node;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;

/**
 * A pod whose command asks the network, as agnhost's {@code connect} and a transfer by curl do; one that only listens is none.
 *
 * @param name a host name or an address
 * @param bytes that go there and come back; 0 for a connection alone
 */
record Probe(Pod pod, String name, int port, int bytes) {

    private static final String CONNECT = "connect";
    private static final String SHELL = "/bin/sh";

    /** How its container ends. */
    record End(int code, String words) {}

    static Optional<Probe> of(Pod pod) {
        List<String> command = pod.getSpec().getContainers().get(0).getCommand();
        if (command.contains(CONNECT)) {
            return Optional.of(to(pod, command.get(command.size() - 1), 0));
        }
        return command.size() > 4 && command.get(0).equals(SHELL)
                ? Optional.of(to(pod, command.get(4), Integer.parseInt(command.get(command.size() - 1))))
                : Optional.empty();
    }

    private static Probe to(Pod pod, String target, int bytes) {
        int colon = target.lastIndexOf(':');
        return new Probe(pod, target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)), bytes);
    }

    End ask(Reach reach) {
        return reach.broken(pod, name, port)
                .map(why -> new End(1, bytes > 0 ? "curl: (28) " + why : why))
                .orElseGet(() -> new End(0, ""));
    }
}
