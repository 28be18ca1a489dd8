package io.cnishift.api.act;

import io.cnishift.api.cluster.Tree;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Marks a node unschedulable.
 *
 * @param uid of the node that is meant; another node of that name is left alone
 */
public record CordonNode(String node, String uid) implements Act {

    public CordonNode {
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
        return "kubectl cordon " + Shell.word(node);
    }

    @Override
    public Optional<Act> inverse(Map<String, Object> before) {
        return Tree.flag(before, "spec", "unschedulable") ? Optional.empty() : Optional.of(new UncordonNode(node, uid));
    }
}
