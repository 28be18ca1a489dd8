package io.cnishift.simulator.net;

import io.cnishift.api.cluster.Change;
import io.cnishift.api.cluster.NetworkInterface;
import io.cnishift.api.cluster.Resource;
import io.cnishift.api.cluster.Tree;
import io.cnishift.simulator.Kernel;
import io.cnishift.simulator.aws.Cloud;
import io.cnishift.simulator.cni.Dataplane;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * All of a node that a way from it or to it depends on, and who wants to hear when that changes. A node changes in a hundred
 * ways that no packet notices; of those nobody hears.
 */
public final class Faces {

    private final Kernel kernel;
    private final Cloud cloud;
    private final Dataplane dataplane;
    private final Ends ends;
    private final Map<String, Face> faces = new HashMap<>();
    private final Map<String, String> nodesByInterface = new HashMap<>();
    private final List<Consumer<String>> ofNodes = new ArrayList<>();
    private final List<Runnable> ofAll = new ArrayList<>();
    private OptionalInt tunnelPort;

    private Faces(Kernel kernel) {
        this.kernel = kernel;
        cloud = Cloud.of(kernel);
        dataplane = Dataplane.of(kernel);
        ends = Ends.of(kernel);
        tunnelPort = dataplane.tunnelPort();
        kernel.objects()
                .listen(
                        "Node",
                        (before, after) -> after.or(() -> before)
                                .flatMap(n -> Tree.text(n, "metadata", "name"))
                                .ifPresent(this::look));
        dataplane.listen(node -> {
            look(node);
            OptionalInt port = dataplane.tunnelPort();
            if (!port.equals(tunnelPort)) {
                tunnelPort = port;
                ofAll.forEach(Runnable::run);
            }
        });
        cloud.listen(this::changed);
        kernel.listenToHosts(this::lookAtPower);
    }

    /** The faces of that world. */
    public static Faces of(Kernel kernel) {
        return kernel.shared(Faces.class, Faces::new);
    }

    /** @param dataplane how often its data plane has changed */
    private record Face(Optional<End> host, boolean powered, long dataplane) {}

    /** Calls the first with the name of every node whose face changes, and the other when what holds everywhere does. */
    public void listen(Consumer<String> ofNode, Runnable everywhere) {
        ofNodes.add(Objects.requireNonNull(ofNode, "ofNode"));
        ofAll.add(Objects.requireNonNull(everywhere, "everywhere"));
    }

    /** The network of a node. */
    public Optional<End> host(String node) {
        return faces.computeIfAbsent(node, this::face).host();
    }

    /** From now on changes of that node are told. */
    public void watch(String node) {
        host(node);
    }

    private Face face(String node) {
        return new Face(ends.host(node), kernel.powered(node), dataplane.changes(node));
    }

    private void look(String node) {
        Face before = faces.get(node);
        if (before == null) {
            return;
        }
        Face now = face(node);
        if (!now.equals(before)) {
            if (now.host().isPresent()) {
                faces.put(node, now);
            } else {
                faces.remove(node);
            }
            ofNodes.forEach(l -> l.accept(node));
        }
    }

    /** An instance that is lost has stopped before EC2 says so. */
    private void lookAtPower(String node) {
        Face known = faces.get(node);
        if (known != null && known.powered() != kernel.powered(node)) {
            look(node);
        }
    }

    private void changed(Change change) {
        switch (change.part()) {
            case SECURITY_GROUPS, ROUTE_TABLES, NETWORK_ACLS -> ofAll.forEach(Runnable::run);
            case INSTANCES -> ends.nodeOf(change.key()).ifPresent(this::look);
            case NETWORK_INTERFACES -> {
                Optional<Resource> now = change.now();
                now.map(NetworkInterface.class::cast)
                        .flatMap(NetworkInterface::instance)
                        .flatMap(ends::nodeOf)
                        .ifPresent(node -> nodesByInterface.put(change.key(), node));
                Optional.ofNullable(
                                now.isPresent()
                                        ? nodesByInterface.get(change.key())
                                        : nodesByInterface.remove(change.key()))
                        .ifPresent(this::look);
            }
            default -> {
                // no part of the way
            }
        }
    }
}
