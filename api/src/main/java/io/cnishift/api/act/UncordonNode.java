package io.cnishift.api.act;

import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Marks a node schedulable again.
 */
public record UncordonNode(String node, String uid) implements Act {

    public UncordonNode {
        Objects.requireNonNull(node);
        Objects.requireNonNull(uid);
    }

    @Override
    public Api api() {
        return Api.KUBERNETES;
    }

    @Override
    public String target() {
        return "Node " + node;
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public List<String> operations() {
        return List.of("k8s:patch nodes");
    }

    @Override
    public String command(Surroundings at) {
        return "kubectl uncordon " + Shell.word(node);
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return Tree.flag(before, "spec", "unschedulable") ? Optional.of(new CordonNode(node, uid)) : Optional.empty();
    }
}
